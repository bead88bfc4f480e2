import { changeCatalogue, withRunning } from '../shared/recordings/catalogue';
import type { RecordedChannel } from '../shared/recordings/recorded-channel';
import { partsOf, type Run } from '../shared/recordings/run';
import { keepRun } from '../shared/recordings/run-book';
import type { TimedSegment } from '../shared/recordings/segments';
import { harvestRun } from './harvest-run';
import type { RecorderSurroundings } from './surroundings';

/** Longest wait for the last segments after the end, in milliseconds. */
const SETTLE = 60_000;
/** Shortest pause before a channel that was stopped has media again, in milliseconds. */
const PAUSE = 1000;

/** The end of a run, as its cause tells it. Times are those of the media, in milliseconds since 1970. */
export interface RunEnd {
  /** Time from which media belongs to another recording. @default none */
  readonly limit?: number;
  /** Time of the stop. Media that was on its way then has later times and goes on without a pause. @default now */
  readonly stopped?: number;
}

/**
 * Ends a run with its last media, and has it harvested.
 *
 * @throws Error while its media cannot be read, so that it is tried again.
 */
export async function closeRun(
  channel: RecordedChannel,
  run: Run,
  around: RecorderSurroundings,
  end: RunEnd = {},
): Promise<Run> {
  const { store, clock } = around;
  const start = Date.parse(run.start);
  const last = lastOf(await settledMedia(channel, start, around), end);
  await changeCatalogue(channel, store, (catalogue) => withRunning(catalogue, channel.name, undefined));
  if (last === undefined || last.end <= start) {
    if (clock.now() + run.drift < start + channel.windowSeconds * 1000) {
      throw new Error(`The media of ${channel.name} since ${run.start} cannot be read at the edge`);
    }
    return lost(run, around);
  }
  const ended: Run = {
    ...run,
    state: 'ended',
    end: new Date(last.end).toISOString(),
    parts: partsOf(start, last.end),
  };
  return harvestRun(channel, await keepRun(ended, store), around);
}

/** Returns the last segment of a run, among its media and that of what came after it. */
function lastOf(
  media: readonly TimedSegment[],
  { limit = Infinity, stopped = Infinity }: RunEnd,
): TimedSegment | undefined {
  const before = media.filter(({ start }) => start < limit);
  let index = Math.max(
    0,
    before.findLastIndex(({ start }) => start < stopped),
  );
  while ((before[index + 1]?.start ?? Infinity) - (before[index]?.end ?? 0) < PAUSE) index += 1;
  return before[index];
}

/** Reads the media since a time, until nothing new comes. */
async function settledMedia(
  channel: RecordedChannel,
  since: number,
  around: RecorderSurroundings,
): Promise<readonly TimedSegment[]> {
  const { clock } = around;
  const until = Math.min(clock.now() + SETTLE, around.deadline);
  for (let before: number | undefined; ; ) {
    const media = await around.media(channel, since);
    const end = media.at(-1)?.end;
    if (end === before || clock.now() >= until) return media;
    before = end;
    await clock.sleep(channel.segmentSeconds * 1000 + 1000);
  }
}

/** Gives a run up whose media is gone. */
async function lost(run: Run, { store, notify }: RecorderSurroundings): Promise<Run> {
  const reason = 'its media was gone before it could be harvested';
  await notify(
    `Channel ${run.channel} was not recorded`,
    `The run of channel ${run.channel} that began at ${run.start} was not recorded: ${reason}.`,
  );
  return keepRun({ ...run, state: 'failed', reason }, store);
}
