import { nextStep, type WantedState } from '../shared/channels/decision';
import { reach } from '../shared/channels/reach';
import type { GuardSurroundings } from './surroundings';
import type { GuardedChannel } from './verdict';

/** A start or a stop that is due by a schedule. */
export interface ScheduledTask {
  readonly task: 'start' | 'stop';
  readonly channel: string;
  /** Time at which it was due, in ISO 8601. @default now, for a person who asks by hand */
  readonly at?: string;
  /** Longest delay with which it is still done, in minutes. A programme that is over is not started. */
  readonly withinMinutes?: number;
}

const MINUTE = 60_000;
/** Longest time of a start, in minutes. An event that comes later was delayed by more than its delivery. */
const USUAL_MINUTES = 15;

/**
 * Starts or stops a channel, unless its time is over. An event that is delivered late must neither start a channel after
 * the end of its programme nor stop the next programme.
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
  if (Number.isNaN(due)) throw new Error(`at: ${at} was given; a time in ISO 8601 is needed`);
  const { state } = await channels.look(id);
  if (nextStep(state, wanted) === 'done') return `${name} is ${state} already`;
  const until = due + withinMinutes * MINUTE;
  if (clock.now() > until) {
    const minutes = Math.floor((clock.now() - due) / MINUTE);
    await around.notify(
      `Channel ${name} was not ${did}`,
      `Channel ${name} was not ${did} by its schedule: the event of ${at} came ${minutes} minutes late. It is ${state}. To do it now: npm run live -- ${task} ${name}`,
    );
    return `${name} was not ${did}: ${minutes} minutes late`;
  }
  // A start that still waits after the end of its programme would undo the stop.
  const deadline = wanted === 'RUNNING' ? Math.min(around.deadline, until) : around.deadline;
  await reach(id, wanted, { channels, clock, deadline });
  await around.notify(`Channel ${name} was ${did}`, `Channel ${name} was ${did} by its schedule.`);
  return `${name} was ${did}`;
}
