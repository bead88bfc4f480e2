import type { ChannelView } from '../shared/channels/channels';
import type { Clock } from '../shared/clock';
import type { ObjectStore } from '../shared/recordings/object-store';
import type { HarvestTarget, RecordedChannel } from '../shared/recordings/recorded-channel';
import type { TimedSegment } from '../shared/recordings/segments';

/** A harvest to be made. */
export interface Harvest {
  readonly channel: RecordedChannel;
  readonly target: HarvestTarget;
  readonly name: string;
  /** Times of the media in milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  /** Folder of the bucket. */
  readonly folder: string;
}

/** A harvest that is not finished. */
export interface ActiveHarvest {
  readonly channel: string;
  readonly endpoint: string;
  readonly name: string;
}

/** MediaPackage, as far as it harvests. */
export interface Harvester {
  /**
   * Asks for a harvest. One that was asked for already is left as it is.
   *
   * @returns `later` where MediaPackage is busy with as many as it makes at a time.
   * @throws HarvestRefusedError where MediaPackage will never do it.
   */
  start(harvest: Harvest): Promise<'asked' | 'later'>;
  /** Lists the harvests of the channel group that are not finished. */
  active(group: string): Promise<readonly ActiveHarvest[]>;
  /** Cancels a harvest, where its service can. */
  cancel(group: string, harvest: ActiveHarvest): Promise<void>;
}

/** A harvest that MediaPackage refused for a reason that stays. */
export class HarvestRefusedError extends Error {
  override readonly name = 'HarvestRefusedError';
}

/** The dependencies of the recorder. */
export interface RecorderSurroundings {
  readonly recorded: readonly RecordedChannel[];
  readonly channels: { look(channelId: string): Promise<Pick<ChannelView, 'state'>> };
  /**
   * Reads the media of a channel that MediaPackage has.
   *
   * @param since - time of the media to begin with, in milliseconds since 1970. @default what the live manifest lists
   * @returns no segments for a channel that has no manifest.
   */
  media(channel: RecordedChannel, since?: number): Promise<readonly TimedSegment[]>;
  readonly harvester: Harvester;
  readonly store: ObjectStore;
  /** Makes the edge forget the files of a recording that was removed. */
  forget(path: string): Promise<void>;
  /** Sends a notice to the subscribers. */
  notify(subject: string, text: string): Promise<void>;
  readonly clock: Clock;
  /** Time to give up waiting, in milliseconds since 1970. */
  readonly deadline: number;
}
