import { type Channels, type OwnStack, TAGS } from '../channel-state/channels';
import { patient, patientStack } from '../channel-state/patience';
import type { Clock } from '../clock';
import { patience } from '../patience';
import { bySchedule, type ScheduledTask } from './by-schedule';
import { type Alert, type GuardedChannel, type Measure, measures, overdueInput, runningSince } from './verdict';

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
export type Task = { readonly task: 'patrol' } | { readonly task: 'report' } | ScheduledTask;

/** For how long a patrol or a report asks again: the next patrol comes after five minutes. */
const PATROL_MILLISECONDS = 4 * 60_000;

/**
 * Does a task for the channels of the stack. What fails for one channel does not keep the others from being looked
 * after; it is thrown at the end, so that the invocation is tried again.
 *
 * @throws AggregateError
 */
export async function guard(
  task: Task,
  guarded: readonly GuardedChannel[],
  given: GuardSurroundings,
): Promise<readonly string[]> {
  const scheduled = task.task === 'start' || task.task === 'stop';
  const deadline = scheduled ? given.deadline : Math.min(given.deadline, given.clock.now() + PATROL_MILLISECONDS);
  const around = patientSurroundings({ ...given, deadline });
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
      return [await bySchedule(channel, task, around)];
    }
  }
}

/**
 * Looks after one channel. How long it has been running is judged first, and needs no alert: when the alerts cannot be
 * had, that is thrown after the channel was stopped or marked.
 */
async function patrol(channel: GuardedChannel, settled: boolean, around: GuardSurroundings): Promise<string> {
  const { channels, clock } = around;
  const { arn, ...view } = await channels.look(channel.id);
  const taken = [...measures(channel, { ...view, settled }, clock.now())];
  for (const measure of taken) await take(measure, channel, arn, around);
  const goesOn = view.state === 'RUNNING' && !taken.some(({ kind }) => kind === 'stop');
  if (goesOn && channel.afterInputLossMinutes !== undefined) {
    const alerts = await channels.alerts(channel.id);
    const why = overdueInput(channel, { ...view, alerts }, clock.now());
    if (why !== undefined) {
      const stop: Measure = { kind: 'stop', why };
      taken.push(stop);
      await take(stop, channel, arn, around);
    }
  }
  return `${channel.name} ${view.state}: ${taken.map(({ kind }) => kind).join(', ') || 'nothing to do'}`;
}

/** The same surroundings, asked again for as long as they may answer in the end. */
function patientSurroundings(around: GuardSurroundings): GuardSurroundings {
  const { channels, stack, clock, deadline } = around;
  const mediaLive = patience('MediaLive', clock, deadline);
  const sns = patience('SNS', clock, deadline);
  return {
    ...around,
    channels: {
      ...patient(channels, clock, deadline),
      alerts: (id) => mediaLive(() => channels.alerts(id)),
    },
    stack: patientStack(stack, clock, deadline),
    notify: (subject, text) => sns(() => around.notify(subject, text)),
  };
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

async function forEach(
  guarded: readonly GuardedChannel[],
  act: (channel: GuardedChannel) => Promise<string>,
): Promise<readonly string[]> {
  const results = await Promise.allSettled(guarded.map(act));
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
