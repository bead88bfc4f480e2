import { UnsupportedError } from '../../../contract';
import type { PlannedAction } from '../contract/schedule-action';
import { refused } from '../contract/service-error';
import { ACTION_KINDS } from './action-kinds';
import { onlyMember, onlyMembers, type Shape, shape } from './shape';

/** Least time from a request to the start of an action in fixed mode, in milliseconds. */
export const LEAST_AHEAD_MS = 15_000;
/** Most time from a request to the start of an action in fixed mode: 14 days. */
const MOST_AHEAD_MS = 14 * 24 * 3600 * 1000;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/**
 * Reads an action of a request.
 *
 * @param now - milliseconds since 1970.
 * @throws ServiceError for an action that the service refuses, or that the local run does not model.
 */
export function readAction(value: unknown, now: number): PlannedAction {
  const action = shape(value, 'scheduleActions');
  onlyMembers(action, 'actionName', 'scheduleActionStartSettings', 'scheduleActionSettings');
  const { actionName } = action;
  if (typeof actionName !== 'string' || actionName === '') throw refused('an action needs an actionName');
  const start = shape(action['scheduleActionStartSettings'], 'scheduleActionStartSettings');
  const settings = shape(action['scheduleActionSettings'], 'scheduleActionSettings');
  const [kind, details] = onlyMember(settings, 'scheduleActionSettings');
  const reader = ACTION_KINDS[kind];
  if (reader === undefined) {
    const known = Object.keys(ACTION_KINDS).join(', ');
    throw new UnsupportedError(`scheduleActionSettings.${kind}: the local run knows ${known}`);
  }
  const effect = reader(details);
  const startsAt = startOf(start, now);
  if (effect.kind === 'input-switch' && startsAt !== undefined) {
    throw new UnsupportedError(
      'scheduleActionStartSettings: the local run knows immediateModeScheduleActionStartSettings for an input switch',
    );
  }
  return {
    action: { actionName, scheduleActionStartSettings: start, scheduleActionSettings: settings },
    effect,
    startsAt,
  };
}

/** Reads when an action starts; undefined for at once. */
function startOf(start: Shape, now: number): number | undefined {
  const [mode, details] = onlyMember(start, 'scheduleActionStartSettings');
  if (mode === 'immediateModeScheduleActionStartSettings') {
    onlyMembers(details);
    return undefined;
  }
  if (mode !== 'fixedModeScheduleActionStartSettings') {
    throw new UnsupportedError(
      'scheduleActionStartSettings: the local run knows immediateModeScheduleActionStartSettings and fixedModeScheduleActionStartSettings',
    );
  }
  onlyMembers(details, 'time');
  const { time } = details;
  const at = typeof time === 'string' && TIME.test(time) ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(at)) throw refused('time: a time such as 2026-11-28T20:42:04.000Z is needed');
  if (at - now < LEAST_AHEAD_MS) {
    throw refused('time: the start of an action in fixed mode must be at least 15 seconds in the future');
  }
  if (at - now > MOST_AHEAD_MS) {
    throw refused('time: the start of an action in fixed mode must be at most 14 days in the future');
  }
  return at;
}
