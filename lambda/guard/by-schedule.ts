import { DECISIONS, type WantedState } from '../channel-state/decision';
import { reach } from '../channel-state/reach';
import type { GuardSurroundings } from './guard';
import type { GuardedChannel } from './verdict';

/** A start or a stop that a schedule asks for. */
export interface ScheduledTask {
  readonly task: 'start' | 'stop';
  readonly channel: string;
  /** When it was due, in ISO 8601; left out when somebody asks by hand: now. */
  readonly at?: string;
  /** For how long it may still be done after that, in minutes: a show that is over is not started. */
  readonly withinMinutes?: number;
}

const MINUTE = 60_000;
/** As long as a start may take. What comes later was held up by more than its delivery. */
const USUAL_MINUTES = 15;

/**
 * Starts or stops a channel, unless its time is over: what is delivered late must not start a channel after the end of
 * its show, nor stop the next show.
 */
export async function bySchedule(
  { id, name }: GuardedChannel,
  { task, at, withinMinutes = USUAL_MINUTES }: ScheduledTask,
  around: GuardSurroundings,
): Promise<string> {
  const { channels, clock } = around;
  const wanted: WantedState = task === 'start' ? 'RUNNING' : 'IDLE';
  const did = task === 'start' ? 'started' : 'stopped';
  const due = at === undefined ? clock.now() : Date.parse(at);
  if (Number.isNaN(due)) throw new Error(`The time ${at} of a schedule cannot be read`);
  const { state } = await channels.look(id);
  if (DECISIONS[state]?.[wanted] === 'done') return `${name} is ${state} already`;
  const until = due + withinMinutes * MINUTE;
  if (clock.now() > until) {
    const minutes = Math.floor((clock.now() - due) / MINUTE);
    await around.notify(
      `Channel ${name} was not ${did}`,
      `Channel ${name} was not ${did} by its schedule: the event of ${at} came ${minutes} minutes late. It is ${state}. To do it now: npm run live -- ${task} ${name}`,
    );
    return `${name} was not ${did}: ${minutes} minutes late`;
  }
  // Beyond its show, a start that is still waiting would undo the stop.
  const deadline = wanted === 'RUNNING' ? Math.min(around.deadline, until) : around.deadline;
  await reach(id, wanted, channels, clock, deadline);
  await around.notify(`Channel ${name} was ${did}`, `Channel ${name} was ${did} by its schedule.`);
  return `${name} was ${did}`;
}
