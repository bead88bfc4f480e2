import type { RecordedChannel } from '../shared/recordings/recorded-channel';
import type { Run } from '../shared/recordings/run';
import { runsOf } from '../shared/recordings/run-book';
import { closeRun } from './close-run';
import { openRun } from './open-run';
import type { RecorderSurroundings } from './surroundings';
import { sweepChannel } from './sweep';

/** A change of a channel's state, as MediaLive's event tells it. */
export interface StateChange {
  /** ARN of the MediaLive channel. */
  readonly arn: string;
  /** `RUNNING`, `STOPPED` or `IDLE`. */
  readonly state: string;
  /** Time of the event, in ISO 8601. */
  readonly time: string;
}

/** Pause between two looks for the first media of a run, in milliseconds. */
const LOOK_EVERY = 5000;
/** Longest wait for the first media of a run, in milliseconds. */
const LONGEST_WAIT = 180_000;
const ON_AIR: readonly string[] = ['RUNNING', 'RECOVERING'];

/**
 * Notes that a channel has begun or ended a run. Both may come late, twice, or not at all; the sweep finds what is left
 * out.
 *
 * @returns a line for the log.
 */
export async function stateChanged(event: StateChange, around: RecorderSurroundings): Promise<string> {
  const id = event.arn.split(':').at(-1);
  const channel = around.recorded.find((one) => one.id === id);
  if (channel === undefined) return `${event.arn} is not recorded`;
  const at = Date.parse(event.time);
  if (event.state === 'RUNNING') return begun(channel, at, around);
  const run = await latestShow(channel, around);
  if (run?.state === 'running') {
    if (at < Date.parse(run.opened)) return `${channel.name} had stopped before its present run: nothing to do`;
    return said(await closeRun(channel, run, around, { stopped: at + run.drift }));
  }
  // The run may have begun unnoticed.
  const opened = await openRun(channel, { previous: run }, around);
  if (opened === undefined) return `${channel.name} had no media: nothing is recorded`;
  return said(await closeRun(channel, opened, around));
}

/**
 * Waits a while for the first media of a run. Whoever publishes may come later; then the sweep finds it. Ten channels that
 * start together would otherwise hold ten copies of the function for as long as its time limit, which in a new account may
 * be all that it has.
 */
async function begun(channel: RecordedChannel, at: number, around: RecorderSurroundings): Promise<string> {
  const previous = await latestShow(channel, around);
  // A channel that MediaLive restarts is RUNNING again without having been stopped, and so is one of two pipelines.
  if (previous?.state === 'running') return `${channel.name} is known to run: nothing to do`;
  const end = Math.min(around.deadline, around.clock.now() + LONGEST_WAIT);
  for (;;) {
    const run = await openRun(channel, { previous, since: at }, around);
    if (run !== undefined) return said(run);
    if (around.clock.now() + LOOK_EVERY > end) return `${channel.name} has no media yet`;
    await around.clock.sleep(LOOK_EVERY);
    const { state } = await around.channels.look(channel.id);
    if (!ON_AIR.includes(state)) return `${channel.name} is ${state} without media: nothing is recorded`;
  }
}

/** Looks after all channels. A failure for one does not keep the others from being looked after. */
export async function sweep(around: RecorderSurroundings): Promise<readonly string[]> {
  const results = await Promise.allSettled(around.recorded.map((channel) => sweepChannel(channel, around)));
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
  return results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
}

/** Returns the latest run of a channel. */
async function latestShow(channel: RecordedChannel, { store }: RecorderSurroundings): Promise<Run | undefined> {
  return (await runsOf(channel.name, store)).find(({ kind }) => kind === 'show');
}

function said({ channel, id, state }: Run): string {
  return `${channel}/${id} is ${state}`;
}
