import type { RecordedChannel } from '../shared/recordings/recorded-channel';
import type { Run } from '../shared/recordings/run';
import { runsOf } from '../shared/recordings/run-book';
import { closeRun } from './close-run';
import { harvestRun } from './harvest-run';
import { openRun } from './open-run';
import type { RecorderSurroundings } from './surroundings';

/** States in which a channel has no media any more. */
const OFF_AIR: readonly string[] = ['IDLE', 'CREATE_FAILED', 'UPDATE_FAILED', 'DELETING', 'DELETED', 'MISSING'];
/** States in which a channel has media, or may have. */
const ON_AIR: readonly string[] = ['RUNNING', 'RECOVERING'];

/**
 * Finds what an event that never came has left out: a run that has begun or ended, harvests that are still to be asked
 * for. A run that has reached the longest time of a recording ends, and goes on as the next one.
 *
 * @returns lines for the log.
 */
export async function sweepChannel(channel: RecordedChannel, around: RecorderSurroundings): Promise<readonly string[]> {
  const runs = await runsOf(channel.name, around.store);
  const { state } = await around.channels.look(channel.id);
  const latest = runs.find(({ kind }) => kind === 'show');
  const changed: (Run | undefined)[] = [];
  if (latest?.state === 'running') {
    if (OFF_AIR.includes(state)) changed.push(await closeRun(channel, latest, around));
    else changed.push(...(await cut(channel, latest, around)));
  } else if (ON_AIR.includes(state)) {
    changed.push(await openRun(channel, { previous: latest }, around));
  }
  for (const run of runs.filter((one) => one.state === 'ended')) changed.push(await harvestRun(channel, run, around));
  return changed.flatMap((run) => (run === undefined ? [] : [`${run.channel}/${run.id} is ${run.state}`]));
}

/** Ends a run that has reached the longest time, and opens the next one where it ends. */
async function cut(
  channel: RecordedChannel,
  run: Run,
  around: RecorderSurroundings,
): Promise<readonly (Run | undefined)[]> {
  const limit = Date.parse(run.start) + channel.longestSeconds * 1000;
  if (around.clock.now() + run.drift < limit + channel.segmentSeconds * 1000) return [];
  const closed = await closeRun(channel, run, around, { limit });
  return [closed, await openRun(channel, { previous: closed }, around)];
}
