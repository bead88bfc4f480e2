import { type Channels, type OwnStack, TAGS } from '../channel-state/channels';
import { DECISIONS, type WantedState } from '../channel-state/decision';
import { reach } from '../channel-state/reach';
import type { Clock } from '../clock';
import { type Alert, type GuardedChannel, type Measure, measures, runningSince } from './verdict';

/** The channels of the stack, and their alerts. */
export interface GuardedChannels extends Channels {
  alerts(channelId: string): Promise<readonly Alert[]>;
}

/** What the guard works on. */
export interface GuardSurroundings {
  readonly channels: GuardedChannels;
  readonly stack: OwnStack;
  /** Tells whoever subscribed. */
  notify(subject: string, text: string): Promise<void>;
  readonly clock: Clock;
  /** When to give up waiting for a channel, in milliseconds since 1970. */
  readonly deadline: number;
}

/** What the guard is asked to do: look after all channels, tell what runs, or start or stop one by schedule. */
export type Task =
  | { readonly task: 'patrol' }
  | { readonly task: 'report' }
  | { readonly task: 'start' | 'stop'; readonly channel: string };

/**
 * Does a task for the channels of the stack. What fails for one channel does not keep the others from being looked
 * after; it is thrown at the end, so that the invocation is tried again.
 *
 * @throws AggregateError
 */
export async function guard(
  task: Task,
  guarded: readonly GuardedChannel[],
  around: GuardSurroundings,
): Promise<readonly string[]> {
  switch (task.task) {
    case 'patrol': {
      const settled = !/_IN_PROGRESS$/.test(await around.stack.status());
      return forEach(guarded, (channel) => patrol(channel, settled, around));
    }
    case 'report':
      return report(guarded, around);
    case 'start':
    case 'stop': {
      const channel = guarded.find(({ name }) => name === task.channel);
      if (channel === undefined) throw new Error(`The stack has no channel ${task.channel}`);
      return [await bySchedule(channel, task.task === 'start' ? 'RUNNING' : 'IDLE', around)];
    }
  }
}

async function patrol(channel: GuardedChannel, settled: boolean, around: GuardSurroundings): Promise<string> {
  const { channels } = around;
  const { arn, ...view } = await channels.look(channel.id);
  const alerts = view.state === 'RUNNING' ? await channels.alerts(channel.id) : [];
  const seen = { ...view, settled, alerts };
  const taken = measures(channel, seen, around.clock.now());
  for (const measure of taken) await take(measure, channel, arn, around);
  return `${channel.name} ${view.state}: ${taken.map(({ kind }) => kind).join(', ') || 'nothing to do'}`;
}

async function take(measure: Measure, { id, name }: GuardedChannel, arn: string, around: GuardSurroundings) {
  const { channels, notify } = around;
  switch (measure.kind) {
    case 'stop':
      await channels.stop(id);
      return notify(
        `Channel ${name} was stopped`,
        `Channel ${name} was stopped: ${measure.why}. It costs almost nothing now. To start it again: npm run live -- start ${name}`,
      );
    case 'resume':
      // The mark is taken away once the channel is seen running.
      await channels.start(id);
      return notify(`Channel ${name} was started again`, `Channel ${name} was started again: ${measure.why}.`);
    case 'mark-running':
      return channels.tag(arn, { [TAGS.runningSince]: new Date(around.clock.now()).toISOString() });
    case 'unmark-running':
      return channels.untag(arn, TAGS.runningSince);
    case 'unmark-resume':
      return channels.untag(arn, TAGS.resume);
  }
}

async function report(guarded: readonly GuardedChannel[], around: GuardSurroundings): Promise<readonly string[]> {
  const lines = await forEach(guarded, async ({ id, name, usdPerHour }) => {
    const { state, tags } = await around.channels.look(id);
    if (state !== 'RUNNING') return '';
    const since = runningSince({ tags });
    const hours = since === undefined ? undefined : (around.clock.now() - since) / 3_600_000;
    const age =
      hours === undefined ? '' : `, for ${hours.toFixed(1)} hours now (about ${(hours * usdPerHour).toFixed(2)} USD)`;
    return `Channel ${name} is running${age}, at about ${usdPerHour.toFixed(2)} USD an hour.`;
  });
  const running = lines.filter((line) => line !== '');
  if (running.length > 0) await around.notify(`${running.length} live channel(s) running`, running.join('\n'));
  return running;
}

async function bySchedule(
  { id, name }: GuardedChannel,
  wanted: WantedState,
  around: GuardSurroundings,
): Promise<string> {
  const { channels, clock, deadline } = around;
  const { state } = await channels.look(id);
  if (DECISIONS[state]?.[wanted] === 'done') return `${name} is ${state} already`;
  await reach(id, wanted, channels, clock, deadline);
  const did = wanted === 'RUNNING' ? 'started' : 'stopped';
  await around.notify(`Channel ${name} was ${did}`, `Channel ${name} was ${did} by its schedule.`);
  return `${name} was ${did}`;
}

async function forEach(
  guarded: readonly GuardedChannel[],
  act: (channel: GuardedChannel) => Promise<string>,
): Promise<readonly string[]> {
  const results = await Promise.allSettled(guarded.map(act));
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
