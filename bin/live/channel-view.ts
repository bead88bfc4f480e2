import type { Alert, Clock, LiveService } from './service';
import { type FoundChannel, type FoundStack, outputPrefix, TAGS } from './stack';

/** What `status` says of a channel, as `--json` prints it; null where something is not known or does not apply. */
export interface ChannelView {
  readonly name: string;
  readonly id: string;
  /** A word of MediaLive's, or `MISSING`. */
  readonly state: string;
  readonly pipelinesRunning: number | null;
  readonly inputs: readonly string[] | null;
  readonly alerts: readonly AlertView[];
  /** Since when it has been running, as far as the guard has seen; ISO. */
  readonly runningSince: string | null;
  readonly ageSeconds: number | null;
  /** What it costs while it runs, at list prices. */
  readonly usdPerHour: number | null;
  /** What it has cost since it was started. */
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

/** States in which a channel is paid for as a running one. */
const RUNNING = ['RUNNING', 'RECOVERING', 'STARTING', 'STOPPING'];

/** What there is to say of each channel now. */
export function viewsOf({ stack, channels }: FoundStack, service: LiveService, clock: Clock) {
  return Promise.all(
    channels.map(async (channel) => {
      const alerts = channel.facts === undefined ? [] : await service.alerts(channel.id, 'SET');
      return channelView(channel, alerts, stack.outputs, clock.now());
    }),
  );
}

/** What there is to say of one channel at a time. */
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

/** An alert with what is not known as null. */
export function alertView({ type, message, pipeline, state, setAt, clearedAt }: Alert): AlertView {
  return { type, message, pipeline: pipeline ?? null, state, since: iso(setAt), cleared: iso(clearedAt) };
}

/** Whether a channel in this state is paid for as a running one. */
export function isRunning(state: string): boolean {
  return RUNNING.includes(state);
}

/** Whether `status --check` has nothing to say against the channel. */
export function isHealthy({ state, alerts }: ChannelView): boolean {
  return state === 'RUNNING' && alerts.length === 0;
}

/** `1.32 USD` → 1.32; null for anything else. */
export function usd(text: string | undefined): number | null {
  const [, amount] = /^(\d+(?:\.\d+)?) USD$/.exec(text ?? '') ?? [];
  return amount === undefined ? null : Number(amount);
}

/** A time that has been; a mark of the future (a local run in a hurry makes them) says nothing of the age. */
function time(text: string | undefined, now: number): number | null {
  const value = Date.parse(text ?? '');
  return Number.isNaN(value) || value > now ? null : value;
}

function iso(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
