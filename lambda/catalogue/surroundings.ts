import type { CreateJobCommandInput } from '@aws-sdk/client-mediaconvert';
import type { Clock } from '../shared/clock';
import type { PictureStore } from '../shared/recordings/finished-conversion';
import type { ObjectStore } from '../shared/recordings/object-store';
import type { HarvestTarget, RecordedChannel } from '../shared/recordings/recorded-channel';

/** The state of a harvest. */
export interface HarvestState {
  /** `QUEUED`, `IN_PROGRESS`, `COMPLETED`, `CANCELLED` or `FAILED`; `MISSING` for one that is not known. */
  readonly status: string;
  /** Reason of a failure, in MediaPackage's words; empty where it gives none. */
  readonly reason: string;
}

/** MediaConvert, as far as the catalogue needs it. */
export interface Converter {
  /** Starts a job. @returns its id. */
  start(job: CreateJobCommandInput): Promise<string>;
  /** Returns the detail of the event that the state of a job makes; undefined for a job that is not known. */
  job(id: string): Promise<object | undefined>;
}

/** The dependencies of the catalogue. */
export interface CatalogueSurroundings {
  readonly recorded: readonly RecordedChannel[];
  readonly store: ObjectStore;
  readonly pictures: PictureStore;
  harvest(channel: RecordedChannel, target: HarvestTarget, name: string): Promise<HarvestState>;
  readonly converter: Converter;
  /** Name of the bucket, and the role that MediaConvert uses it with. */
  readonly bucket: string;
  readonly convertRoleArn: string;
  /** Sends a notice to the subscribers. */
  notify(subject: string, text: string): Promise<void>;
  readonly clock: Clock;
}
