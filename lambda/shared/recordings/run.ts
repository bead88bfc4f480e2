/**
 * The state of a recording. `running`: its end is not known yet. `ended`: it waits for its harvests to be asked for.
 * `harvesting`: MediaPackage copies it. `converting`: viewers can play it, its pictures are being made.
 */
export type RunState = 'running' | 'ended' | 'harvesting' | 'converting' | 'done' | 'failed' | 'removed';

/** A part of a recording, of at most 24 hours. Times are those of the media, in ISO 8601. */
export interface Part {
  readonly number: number;
  readonly start: string;
  readonly end: string;
}

/** A run of a channel, or a clip, as the recorder remembers it. */
export interface Run {
  readonly version: 1;
  readonly channel: string;
  readonly id: string;
  readonly kind: 'show' | 'clip';
  readonly title: string;
  readonly state: RunState;
  /** Times of the first and of the last media, in ISO 8601. */
  readonly start: string;
  readonly end?: string;
  /** Time at which it was noticed, by the clock of the function. */
  readonly opened: string;
  /** Milliseconds by which the clock of the source is ahead; 0 where it is about right. */
  readonly drift: number;
  readonly parts: readonly Part[];
  readonly pictures: boolean;
  readonly mp4: boolean;
  /** Number of times that its harvests were asked for. @default 1 */
  readonly attempt?: number;
  /** Job of MediaConvert. */
  readonly conversion?: string;
  /** Reason of a failure, in words. */
  readonly reason?: string;
}

/** Longest harvest. @see https://docs.aws.amazon.com/mediapackage/latest/userguide/live-to-vod.html */
const PART_MILLISECONDS = 24 * 3_600_000;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Returns the id of a recording that starts at a time: `20261128T190000Z`. */
export function idOf(start: number): string {
  return `${new Date(start).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
}

/** Returns the title of a show: `main, 28 November 2026`, in UTC. */
export function titleOf(channel: string, start: number): string {
  const day = new Date(start);
  return `${channel}, ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

/** Cuts a recording into parts that MediaPackage harvests in one go. Times are in milliseconds since 1970. */
export function partsOf(start: number, end: number): readonly Part[] {
  const count = Math.max(1, Math.ceil((end - start) / PART_MILLISECONDS));
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    start: new Date(start + index * PART_MILLISECONDS).toISOString(),
    end: new Date(Math.min(end, start + (index + 1) * PART_MILLISECONDS)).toISOString(),
  }));
}

/** Returns the folder of a part: `vod/main/20261128T190000Z/1`. */
export function partFolder({ channel, id }: Pick<Run, 'channel' | 'id'>, { number }: Part, folder: string): string {
  return `${folder}/${channel}/${id}/${number}`;
}

/** Returns the name of the job that harvests a part into a folder. It is the same whenever it is asked for. */
export function jobName(run: Pick<Run, 'channel' | 'id' | 'attempt'>, { number }: Part, folder: string): string {
  const { channel, id, attempt = 1 } = run;
  // MediaPackage keeps the name of a job that failed for 15 days.
  return `${channel}-${id}-${number}${folder === 'vod' ? '' : `-${folder}`}${attempt === 1 ? '' : `-again-${attempt}`}`;
}
