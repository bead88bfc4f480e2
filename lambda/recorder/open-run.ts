import { changeCatalogue, withRunning } from '../shared/recordings/catalogue';
import type { RecordedChannel } from '../shared/recordings/recorded-channel';
import { idOf, type Run, titleOf } from '../shared/recordings/run';
import { addRun } from '../shared/recordings/run-book';
import type { TimedSegment } from '../shared/recordings/segments';
import type { RecorderSurroundings } from './surroundings';

/** Media that is newer than a start of the channel by its event, in milliseconds: events and clocks are not exact. */
const EARLY = 60_000;
/** Distance between the source's clock and ours that is no delay of the stream any more, in milliseconds. */
const DRIFT = 60_000;
/** Distance from the end of the start-over window, which moves on while we ask, in milliseconds. */
const MARGIN = 120_000;

/** The times between which the first media of a run is looked for. */
export interface Search {
  /** The run before; its media is not looked at again. */
  readonly previous: Run | undefined;
  /** Time at which the channel was RUNNING. @default any time of the start-over window */
  readonly since?: number | undefined;
}

/**
 * Finds the first media of a channel's present run, and remembers the run. The time is that of the manifest, so everybody
 * who looks finds the same, and a run has one name however often it is found.
 *
 * @returns undefined while there is no media.
 */
export async function openRun(
  channel: RecordedChannel,
  { previous, since }: Search,
  around: RecorderSurroundings,
): Promise<Run | undefined> {
  const { clock, store } = around;
  const live = (await around.media(channel)).at(-1);
  if (live === undefined) return undefined;
  const now = clock.now();
  const drift = driftOf(live, now);
  const oldest = now + drift - channel.windowSeconds * 1000 + MARGIN;
  const after = Math.max(
    since === undefined ? oldest : Math.max(oldest, since + drift - EARLY),
    previous?.end === undefined ? 0 : Date.parse(previous.end),
  );
  if (live.end <= after) return undefined;
  const first = (await around.media(channel, after)).find(({ start }) => start >= after);
  if (first === undefined) return undefined;
  const run: Run = {
    version: 1,
    channel: channel.name,
    id: idOf(first.start),
    kind: 'show',
    title: titleOf(channel.name, first.start),
    state: 'running',
    start: new Date(first.start).toISOString(),
    opened: new Date(now).toISOString(),
    drift,
    parts: [],
    pictures: channel.pictures,
    mp4: channel.mp4,
  };
  // False: another invocation has found the same media.
  await addRun(run, store);
  await changeCatalogue(channel, store, (catalogue) => withRunning(catalogue, channel.name, run.start));
  return run;
}

/** Returns the milliseconds by which the clock of the source is ahead. A usual delay of the stream is none. */
function driftOf({ end }: TimedSegment, now: number): number {
  return Math.abs(end - now) > DRIFT ? end - now : 0;
}
