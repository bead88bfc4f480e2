import { patientChannels, patientStack } from '../shared/channels/patient';
import { runningSince, STATE_TAGS } from '../shared/channels/tags';
import { patience } from '../shared/patience';
import { bySchedule, type ScheduledTask } from './by-schedule';
import type { GuardSurroundings } from './surroundings';
import { type GuardedChannel, type Measure, measures, overdueInput } from './verdict';

/** A task of the guard: look after all channels, report the running ones, or start or stop one by schedule. */
export type Task = { readonly task: 'patrol' } | { readonly task: 'report' } | ScheduledTask;

/** Longest time for which a patrol or a report repeats its calls. The next patrol comes after five minutes. */
const PATROL_MILLISECONDS = 4 * 60_000;

/**
 * Does a task for the channels of the stack. A failure for one channel does not keep the others from being looked after.
 * It is thrown at the end, so that Lambda repeats the invocation.
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
      if (channel === undefined) {
        const known = guarded.map(({ name }) => name).join(', ');
        throw new Error(`channel: ${task.channel} was given; the channels of the stack are ${known}`);
      }
      return [await bySchedule(channel, task, around)];
    }
  }
}

/**
 * Looks after one channel. Its running time is judged first, because this needs no alerts: if the alerts cannot be
 * listed, the error is thrown after the channel was stopped or marked.
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

/** Wraps the surroundings so that calls are repeated until the deadline. */
function patientSurroundings(around: GuardSurroundings): GuardSurroundings {
  const { channels, stack, clock, deadline } = around;
  const mediaLive = patience('MediaLive', clock, deadline);
  const sns = patience('SNS', clock, deadline);
  return {
    ...around,
    channels: {
      ...patientChannels(channels, clock, deadline),
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
      // A later patrol removes the mark, once it sees the channel running.
      await channels.start(id);
      return notify(`Channel ${name} was started again`, `Channel ${name} was started again: ${measure.why}.`);
    case 'mark-running':
      return channels.tag(arn, { [STATE_TAGS.runningSince]: new Date(around.clock.now()).toISOString() });
    case 'unmark-running':
      return channels.untag(arn, STATE_TAGS.runningSince);
    case 'unmark-resume':
      return channels.untag(arn, STATE_TAGS.resume);
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
