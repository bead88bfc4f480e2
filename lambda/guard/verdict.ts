import { adviceFor } from '../shared/alerts';
import type { ChannelView } from '../shared/channels/channels';
import { runningSince, STATE_TAGS } from '../shared/channels/tags';

/** A channel that the guard looks after, with its limits. A limit that is left out does not exist. */
export interface GuardedChannel {
  readonly id: string;
  readonly name: string;
  readonly afterInputLossMinutes?: number;
  readonly afterRunningHours?: number;
  /** Running cost, in US dollars an hour. */
  readonly usdPerHour: number;
}

/** An alert of a running channel. */
export interface Alert {
  readonly type: string;
  readonly pipeline: string;
  /** Time at which it was set, in milliseconds since 1970. */
  readonly setAt: number;
}

/** The channel as the guard sees it, without its alerts. */
export interface Sighting extends Omit<ChannelView, 'arn'> {
  /** True when no operation on the stack is in progress. */
  readonly settled: boolean;
}

/** An action of the guard on a channel. */
export type Measure =
  | { readonly kind: 'stop'; readonly why: string }
  | { readonly kind: 'resume'; readonly why: string }
  | { readonly kind: 'mark-running' }
  | { readonly kind: 'unmark-running' }
  | { readonly kind: 'unmark-resume' };

/** Wordings that the table of alerts may come to have: an input that stopped, was lost or timed out. */
const LIKE_A_LOSS = /^(stopped receiving .*|.*input .*(lost|timed? ?out).*)$/i;

/**
 * Tells whether an alert means that no video comes in. A source that is only silent is not lost, and neither is one whose
 * slate cannot be read: `Input Resource is Inaccessible` names both, and a lost source sets another alert beside it.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/monitor-activity-types-alerts-channels.html
 */
export function isInputLost(alertType: string): boolean {
  const advice = adviceFor(alertType);
  return advice === undefined ? LIKE_A_LOSS.test(alertType) : advice.inputLost === true;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Returns the measures for a channel at a time, before its alerts are listed. They do not depend on earlier measures, so a
 * patrol that is missed or comes twice does no harm.
 */
export function measures(channel: GuardedChannel, seen: Sighting, now: number): readonly Measure[] {
  const since = runningSince(seen);
  const interrupted = seen.tags[STATE_TAGS.resume] !== undefined;
  const taken: Measure[] = [];
  if (seen.state === 'RECOVERING') {
    // It is on air and costs what a running one does. Its time goes on, or every recovery would begin it anew.
    const why = tooLong(channel, since, now);
    return why === undefined ? [] : [{ kind: 'stop', why }];
  }
  if (seen.state !== 'RUNNING') {
    const idle = seen.state === 'IDLE' && seen.settled;
    if (since !== undefined) taken.push({ kind: 'unmark-running' });
    if (idle && interrupted) taken.push({ kind: 'resume', why: 'it was stopped for an update that did not succeed' });
    return taken;
  }
  const why = tooLong(channel, since, now);
  if (why !== undefined) return [{ kind: 'stop', why }];
  if (since === undefined) taken.push({ kind: 'mark-running' });
  if (seen.settled && interrupted) taken.push({ kind: 'unmark-resume' });
  return taken;
}

function tooLong({ afterRunningHours: most }: GuardedChannel, since: number | undefined, now: number) {
  if (most === undefined || since === undefined || now - since < most * HOUR) return undefined;
  return `it has been running for ${Math.floor((now - since) / HOUR)} hours (autoStop.afterRunningHours: ${most})`;
}

/** Explains for how long the input of a running channel has been lost; undefined while this is within its limit. */
export function overdueInput(
  { afterInputLossMinutes: most }: GuardedChannel,
  seen: Pick<Sighting, 'pipelines'> & { readonly alerts: readonly Alert[] },
  now: number,
): string | undefined {
  if (most === undefined) return undefined;
  const lost = seen.alerts.filter(({ type }) => isInputLost(type));
  const overdue = lost.filter(({ setAt }) => now - setAt >= most * MINUTE);
  // Viewers see something for as long as one pipeline has its input.
  if (new Set(overdue.map(({ pipeline }) => pipeline)).size < Math.max(1, seen.pipelines)) return undefined;
  const minutes = Math.floor((now - Math.max(...overdue.map(({ setAt }) => setAt))) / MINUTE);
  return `its input has been lost for ${minutes} minutes (autoStop.afterInputLossMinutes: ${most}; MediaLive says: ${overdue[0]?.type})`;
}
