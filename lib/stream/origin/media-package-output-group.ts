import type { CfnChannel as CfnEncoder } from 'aws-cdk-lib/aws-medialive';
import type { CfnChannel } from 'aws-cdk-lib/aws-mediapackagev2';
import { streamTiming } from '../../channel/latency';
import type { LiveChannel } from '../../channel/live-channel';
import { packagerMarkers } from './ad-markers';
import type { EncodedTracks } from './origin';
import { packagerMetadata } from './timed-metadata';
import { trackOutputs } from './track-outputs';

/** Id of the destination that the output group writes to. */
export const DESTINATION = 'packager';

/** Returns the MediaPackage output group, with every track in an output of its own. */
export function mediaPackageGroup(
  tracks: EncodedTracks,
  { latency, adMarkers, timedMetadata }: Pick<LiveChannel, 'latency' | 'adMarkers' | 'timedMetadata'>,
): CfnEncoder.OutputGroupProperty {
  return {
    name: DESTINATION,
    outputGroupSettings: {
      mediaPackageGroupSettings: {
        destination: { destinationRefId: DESTINATION },
        mediapackageV2GroupSettings: {
          ...segmentLength(streamTiming(latency).ingestSegmentSeconds),
          ...packagerMarkers(adMarkers),
          ...packagerMetadata(timedMetadata),
        },
      },
    },
    outputs: trackOutputs(tracks),
  };
}

/** Names a packager's channel. Without an endpoint id, MediaLive maps pipeline 0 and 1 to ingest endpoints 1 and 2. */
export function packagerChannel({
  channelGroupName,
  channelName,
}: Pick<CfnChannel, 'channelGroupName' | 'channelName'>): CfnEncoder.OutputDestinationProperty {
  return { id: DESTINATION, mediaPackageSettings: [{ channelGroup: channelGroupName, channelName }] };
}

/** Writes a length in seconds where it is whole, else in milliseconds. */
export function segmentLength(
  seconds: number,
): Required<Pick<CfnEncoder.CmafIngestGroupSettingsProperty, 'segmentLength' | 'segmentLengthUnits'>> {
  return Number.isInteger(seconds)
    ? { segmentLength: seconds, segmentLengthUnits: 'SECONDS' }
    : { segmentLength: Math.round(seconds * 1000), segmentLengthUnits: 'MILLISECONDS' };
}
