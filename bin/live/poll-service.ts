import { BatchUpdateScheduleCommand, DescribeChannelCommand, MediaLiveClient } from '@aws-sdk/client-medialive';
import { clientSettings, type Place } from './aws-service';

/** Metadata to insert into the video of a channel. */
export interface InsertedMetadata {
  readonly actionName: string;
  /** Whole ID3 tags. */
  readonly tags: Buffer;
  /** Milliseconds since 1970; undefined for at once. */
  readonly startsAt: number | undefined;
}

/** The calls that polls need of MediaLive. They reject with the errors of the SDK. */
export interface PollService {
  /** Puts metadata into the schedule of a channel: all of it, or none. */
  insert(channelId: string, inserted: readonly InsertedMetadata[]): Promise<void>;
}

/** Makes the service that calls MediaLive. */
export function awsPolls(place: Place): PollService {
  const mediaLive = new MediaLiveClient(clientSettings(place));
  return {
    async insert(channelId, inserted) {
      const { EncoderSettings } = await mediaLive.send(new DescribeChannelCommand({ ChannelId: channelId }));
      const groups = EncoderSettings?.OutputGroups ?? [];
      const isCmafIngest = groups.some(({ OutputGroupSettings }) => OutputGroupSettings?.CmafIngestGroupSettings);
      const ScheduleActions = inserted.map(({ actionName, tags, startsAt }) => ({
        ActionName: actionName,
        ScheduleActionStartSettings:
          startsAt === undefined
            ? { ImmediateModeScheduleActionStartSettings: {} }
            : { FixedModeScheduleActionStartSettings: { Time: new Date(startsAt).toISOString() } },
        ScheduleActionSettings: metadata(tags.toString('base64'), isCmafIngest === true),
      }));
      await mediaLive.send(new BatchUpdateScheduleCommand({ ChannelId: channelId, Creates: { ScheduleActions } }));
    },
  };
}

/**
 * Returns the settings of an action. CMAF Ingest takes Timed Metadata, a MediaPackage output group HLS Timed Metadata.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/schedule-fields-for-id3-userdata.html
 */
function metadata(Id3: string, isCmafIngest: boolean) {
  return isCmafIngest ? { TimedMetadataSettings: { Id3 } } : { HlsTimedMetadataSettings: { Id3 } };
}
