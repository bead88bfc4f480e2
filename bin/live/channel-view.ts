import type { Alert, Clock, LiveService } from './service';
import { type FoundChannel, type FoundStack, outputPrefix, TAGS } from './stack';

/** The status of a channel, as `--json` prints it; null where a value is unknown or does not apply. */
export interface ChannelView {
  readonly name: string;
  readonly id: string;
  /** A state of MediaLive, or `MISSING`. */
  readonly state: string;
  readonly pipelinesRunning: number | null;
  readonly inputs: readonly string[] | null;
  readonly alerts: readonly AlertView[];
  /** The time since when it has been running, as far as the guard has seen; ISO. */
  readonly runningSince: string | null;
  readonly ageSeconds: number | null;
  /** Cost while it runs, at list prices. */
  readonly usdPerHour: number | null;
  /** Cost since it was started. */
  readonly usdSoFar: number | null;
}

/** An alert as `--json` prints it; times in ISO. */
export interface AlertView {
  readonly type: string;
  readonly message: string;
  readonly pipeline: string | null;
  readonly state: 'SET' | 'CLEARED';
  readonly since: string | null;
  readonly cleared: string | null;
}

/** States in which a channel is charged as running. */
const RUNNING = ['RUNNING', 'RECOVERING', 'STARTING', 'STOPPING'];

/** Describes each channel as it is now. */
export function viewsOf({ stack, channels }: FoundStack, service: LiveService, clock: Clock) {
  return Promise.all(
    channels.map(async (channel) => {
      const alerts = channel.facts === undefined ? [] : await service.alerts(channel.id, 'SET');
      return channelView(channel, alerts, stack.outputs, clock.now());
    }),
  );
}

/** Describes one channel as it was at a time. */
export function channelView(
  { name, id, facts }: FoundChannel,
  alerts: readonly Alert[],
  outputs: Readonly<Record<string, string>>,
  now: number,
): ChannelView {
  const usdPerHour = usd(outputs[`${outputPrefix(name)}RunningCostPerHour`]);
  const since = facts !== undefined && isRunning(facts.state) ? time(facts.tags[TAGS.runningSince], now) : null;
  const hours = since === null ? null : (now - since) / 3_600_000;
  return {
    name,
    id,
    state: facts?.state ?? 'MISSING',
    pipelinesRunning: facts?.pipelinesRunning ?? null,
    inputs: facts?.inputs ?? null,
    alerts: alerts.map(alertView),
    runningSince: since === null ? null : new Date(since).toISOString(),
    ageSeconds: since === null ? null : Math.floor((now - since) / 1000),
    usdPerHour,
    usdSoFar: hours === null || usdPerHour === null ? null : Math.round(hours * usdPerHour * 100) / 100,
  };
}

/** Describes an alert; unknown values are null. */
export function alertView({ type, message, pipeline, state, setAt, clearedAt }: Alert): AlertView {
  return { type, message, pipeline: pipeline ?? null, state, since: iso(setAt), cleared: iso(clearedAt) };
}

/** Tells whether a channel in this state is charged as running. */
export function isRunning(state: string): boolean {
  return RUNNING.includes(state);
}

/** Tells whether `status --check` accepts the channel. */
export function isHealthy({ state, alerts }: ChannelView): boolean {
  return state === 'RUNNING' && alerts.length === 0;
}

/** Reads an amount: `1.32 USD` → 1.32; null for anything else. */
export function usd(text: string | undefined): number | null {
  const [, amount] = /^(\d+(?:\.\d+)?) USD$/.exec(text ?? '') ?? [];
  return amount === undefined ? null : Number(amount);
}

/** Reads a time in the past. A tag from the future, as a hurried local run writes it, says nothing about the age. */
function time(text: string | undefined, now: number): number | null {
  const value = Date.parse(text ?? '');
  return Number.isNaN(value) || value > now ? null : value;
}

function iso(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
