import { type Cloud, UnsupportedError } from '../../../contract';
import type { EncoderPlan } from '../contract/plan';
import { repeated } from '../contract/repeated';
import type { ActionEffect, ListedAction, PlannedAction, ScheduleAction } from '../contract/schedule-action';
import { refused } from '../contract/service-error';
import { type Channel, isEncoding } from '../control/channel';
import type { Takers } from '../control/channel-checks';
import type { Lifecycle } from '../control/lifecycle';
import { LEAST_AHEAD_MS } from './read-action';

/** Time for which an action that has started stays in the schedule: about an hour. */
const KEPT_MS = 3600 * 1000;
/** Ticks of SCTE-35 a millisecond. */
const TICKS_A_MS = 90;

type InsertedMessage = Extract<ActionEffect, { kind: 'message' }>;

/** Surroundings of schedules in the cloud. */
export interface ScheduleSurroundings {
  readonly cloud: Pick<Cloud, 'clock' | 'tell'>;
  readonly takers: Pick<Takers, 'packager'>;
  readonly lifecycle: Pick<Lifecycle, 'switchInputs'>;
}

/** The schedules of channels: their actions, and the timers of those that are yet to start. */
export class Schedules {
  private readonly timers = new Map<ListedAction, NodeJS.Timeout>();

  constructor(private readonly around: ScheduleSurroundings) {}

  /** Returns the present time, in milliseconds since 1970. */
  now(): number {
    return this.around.cloud.clock.now();
  }

  /** Lists the actions of a channel, without those that started more than an hour ago. */
  list(channel: Channel): readonly ScheduleAction[] {
    this.forgetOld(channel);
    return channel.schedule.map(({ action }) => action);
  }

  /**
   * Adds and removes actions: all of them, or none when one is impossible. Actions that start at once do.
   *
   * @returns the removed actions.
   * @throws ServiceError when the service would refuse one of them.
   */
  update(channel: Channel, creates: readonly PlannedAction[], deletes: readonly string[]): readonly ScheduleAction[] {
    this.forgetOld(channel);
    const now = this.now();
    const deleted = channel.schedule.filter(({ action }) => deletes.includes(action.actionName));
    checkDeletes(channel, deleted, now);
    const kept = channel.schedule.filter((listed) => !deleted.includes(listed));
    const created = creates.map((planned) => ({ ...planned, startsAt: planned.startsAt ?? now }));
    this.check(channel, creates, [...kept, ...created]);
    const switches = creates.flatMap(({ effect }) => (effect.kind === 'input-switch' ? [effect.attachmentName] : []));
    this.around.lifecycle.switchInputs(channel, switches);
    for (const listed of deleted) this.cancel(listed);
    channel.schedule = [...kept, ...created];
    for (const listed of created) this.begin(channel, listed);
    return deleted.map(({ action }) => action);
  }

  /** Empties the schedule of a channel. */
  clear(channel: Channel): void {
    for (const listed of channel.schedule) this.cancel(listed);
    channel.schedule = [];
  }

  /** Ends all timers. */
  end(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  /** @throws ServiceError when the service would refuse the actions, given all that the schedule would then hold. */
  private check(channel: Channel, creates: readonly PlannedAction[], all: readonly ListedAction[]): void {
    const twice = repeated(all.map(({ action }) => action.actionName));
    if (twice !== undefined) throw refused(`the schedule has an action ${twice} already`);
    const now = this.now();
    const active = all.flatMap((listed) => (isActive(listed, all, now) ? [eventIdOf(listed)] : []));
    const again = repeated(active.map(String));
    if (again !== undefined) throw refused(`spliceEventId: the splice insert ${again} is scheduled or active already`);
    const messages = creates.filter(({ effect }) => effect.kind === 'message');
    if (messages.length === 0) return;
    if (channel.properties.destination.kind !== 'packager') {
      throw new UnsupportedError('the local run puts no messages into the media of a bucket or a container');
    }
    if (messages.every(({ startsAt }) => startsAt !== undefined) || isEncoding(channel)) return;
    const { id, state } = channel;
    throw refused(`Cannot start an action of channel ${id} at once: it is ${state}`);
  }

  /** Begins an action now or at its time. A channel that does not run by then misses it. */
  private begin(channel: Channel, listed: ListedAction): void {
    const { effect, startsAt } = listed;
    if (effect.kind !== 'message') return;
    const { clock } = this.around.cloud;
    const wait = (startsAt - clock.now()) / clock.speed;
    if (wait <= 0) {
      this.insert(channel, effect);
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(listed);
      if (isEncoding(channel)) this.insert(channel, effect);
    }, wait);
    this.timers.set(listed, timer);
  }

  private insert({ properties: { destination, plan }, screenName }: Channel, effect: InsertedMessage): void {
    if (destination.kind !== 'packager') return;
    const why = unpassed(effect, plan);
    if (why === undefined) this.around.takers.packager.insert(destination, effect.message);
    else this.around.cloud.tell(`encoder ${screenName}`, `a message of the schedule goes nowhere: ${why}`, 'warning');
  }

  private cancel(listed: ListedAction): void {
    clearTimeout(this.timers.get(listed));
    this.timers.delete(listed);
  }

  private forgetOld(channel: Channel): void {
    const now = this.now();
    channel.schedule = channel.schedule.filter(({ startsAt }) => now - startsAt < KEPT_MS);
  }
}

/**
 * Refuses to remove an action that the channel already has, or that it needs: one that starts in less than 15 seconds,
 * and the last input switch of a channel that runs, by which it would recover.
 *
 * @throws ServiceError (UnprocessableEntityException)
 * @see https://docs.aws.amazon.com/medialive/latest/ug/schedule-modify.html
 * @see https://docs.aws.amazon.com/medialive/latest/ug/ips-manage-schedule.html
 */
function checkDeletes(channel: Channel, deleted: readonly ListedAction[], now: number): void {
  const near = deleted.find(({ startsAt }) => startsAt > now && startsAt - now < LEAST_AHEAD_MS);
  if (near !== undefined) {
    throw refused(`${near.action.actionName}: an action that starts in less than 15 seconds cannot be deleted`);
  }
  const onAir = channel.schedule.findLast(({ effect, startsAt }) => effect.kind === 'input-switch' && startsAt <= now);
  if (onAir !== undefined && deleted.includes(onAir) && isEncoding(channel)) {
    throw refused(`${onAir.action.actionName}: the last input switch of a channel that runs cannot be deleted`);
  }
}

/** Returns why an output group does not pass on a message; undefined for one that it does. */
function unpassed({ message, by }: InsertedMessage, { markers, metadata }: EncoderPlan): string | undefined {
  if (message.kind !== 'id3') {
    return markers ? undefined : 'the output group passes on no SCTE-35 (Scte35Type)';
  }
  if (metadata === undefined) return 'the output group passes on no ID3 (Id3Behavior)';
  return metadata === by ? undefined : `the output group takes its ID3 from ${metadata}, not from ${by}`;
}

function eventIdOf({ effect }: PlannedAction): number {
  return effect.kind === 'message' && 'eventId' in effect.message ? effect.message.eventId : -1;
}

/** Returns true for a splice insert that is yet to come, or that has begun and is not over. */
function isActive(listed: ListedAction, all: readonly ListedAction[], now: number): boolean {
  const { effect, startsAt } = listed;
  if (effect.kind !== 'message' || effect.message.kind !== 'splice-out') return false;
  const { durationTicks, eventId } = effect.message;
  if (durationTicks !== undefined && startsAt + durationTicks / TICKS_A_MS <= now) return false;
  return !all.some(
    ({ effect: other, startsAt: at }) =>
      other.kind === 'message' &&
      other.message.kind === 'splice-in' &&
      other.message.eventId === eventId &&
      at >= startsAt &&
      at <= now,
  );
}
