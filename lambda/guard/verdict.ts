import { type ChannelView, TAGS } from '../channel-state/channels';

/** A channel that the guard looks after, with its limits; a limit that is left out does not exist. */
export interface GuardedChannel {
  readonly id: string;
  readonly name: string;
  readonly afterInputLossMinutes?: number;
  readonly afterRunningHours?: number;
  /** What it costs to run, in US dollars an hour. */
  readonly usdPerHour: number;
}

/** An alert of a running channel. */
export interface Alert {
  readonly type: string;
  readonly pipeline: string;
  /** When it was set, in milliseconds since 1970. */
  readonly setAt: number;
}

/** The channel as the guard sees it, without its alerts. */
export interface Sighting extends Omit<ChannelView, 'arn'> {
  /** Whether no operation on the stack is under way. */
  readonly settled: boolean;
}

/** What the guard does about a channel. */
export type Measure =
  | { readonly kind: 'stop'; readonly why: string }
  | { readonly kind: 'resume'; readonly why: string }
  | { readonly kind: 'mark-running' }
  | { readonly kind: 'unmark-running' }
  | { readonly kind: 'unmark-resume' };

/**
 * The types of alerts that say that no picture comes in; MediaLive names them in words. A source that is only silent is
 * not lost.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/monitoring-cloudwatch-json-alert.html
 */
export const INPUT_LOSS =
  /^(video not detected|rtmp has no audio\/video|stopped receiving .*|.*input .*(lost|missing|timed? ?out).*)$/i;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * What to do about a channel at a time, before its alerts are asked for. It knows nothing of what was done before, so a
 * patrol that is missed or comes twice does no harm.
 */
export function measures(channel: GuardedChannel, seen: Sighting, now: number): readonly Measure[] {
  const since = runningSince(seen);
  if (seen.state !== 'RUNNING') {
    const idle = seen.state === 'IDLE' && seen.settled;
    return [
      ...(since === undefined ? [] : [{ kind: 'unmark-running' } as const]),
      ...(idle && seen.tags[TAGS.resume] !== undefined
        ? [{ kind: 'resume', why: 'it was stopped for an update that did not succeed' } as const]
        : []),
    ];
  }
  const why = tooLong(channel, since, now);
  if (why !== undefined) return [{ kind: 'stop', why }];
  return [
    ...(since === undefined ? [{ kind: 'mark-running' } as const] : []),
    ...(seen.settled && seen.tags[TAGS.resume] !== undefined ? [{ kind: 'unmark-resume' } as const] : []),
  ];
}

/** When a channel was first seen running, in milliseconds since 1970; undefined when it was not. */
export function runningSince({ tags }: Pick<Sighting, 'tags'>): number | undefined {
  const time = Date.parse(tags[TAGS.runningSince] ?? '');
  return Number.isNaN(time) ? undefined : time;
}

function tooLong({ afterRunningHours: most }: GuardedChannel, since: number | undefined, now: number) {
  if (most === undefined || since === undefined || now - since < most * HOUR) return undefined;
  return `it has been running for ${Math.floor((now - since) / HOUR)} hours (autoStop.afterRunningHours: ${most})`;
}

/** Says since when the input of a running channel has been lost; undefined while that is within its limit. */
export function overdueInput(
  { afterInputLossMinutes: most }: GuardedChannel,
  seen: Pick<Sighting, 'pipelines'> & { readonly alerts: readonly Alert[] },
  now: number,
): string | undefined {
  if (most === undefined) return undefined;
  const lost = seen.alerts.filter(({ type }) => INPUT_LOSS.test(type));
  const overdue = lost.filter(({ setAt }) => now - setAt >= most * MINUTE);
  // As long as one pipeline has its input, viewers see something.
  if (new Set(overdue.map(({ pipeline }) => pipeline)).size < Math.max(1, seen.pipelines)) return undefined;
  const minutes = Math.floor((now - Math.max(...overdue.map(({ setAt }) => setAt))) / MINUTE);
  return `its input has been lost for ${minutes} minutes (autoStop.afterInputLossMinutes: ${most}; MediaLive says: ${overdue[0]?.type})`;
}
