import type { MetricDatum } from '../../contract';

/** Statistics of one minute. */
export interface Minute {
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly count: number;
  /** The values, for percentiles: all of a minute with up to {@link MOST_VALUES}, and some of one with more. */
  readonly values: readonly number[];
}

/** A metric by its names. */
export type MetricId = Pick<MetricDatum, 'namespace' | 'name' | 'dimensions'>;

/** Names of the statistics that can be asked for. */
export const STATISTICS = ['Sum', 'Minimum', 'Maximum', 'Average', 'SampleCount'] as const;
/** A statistic, or a percentile such as `p95`. */
export type Statistic = (typeof STATISTICS)[number] | `p${number}`;

export const MINUTE_MILLISECONDS = 60_000;
/** Minutes that are kept of each metric: what the dashboard draws. CloudWatch keeps them for 15 days. */
const KEPT_MINUTES = 180;
/** Series that are kept at most, each of up to {@link KEPT_MINUTES} minutes: about 30 MB. */
const MOST_SERIES = 2000;

/** Values of one metric in one minute that percentiles are made of. */
const MOST_VALUES = 100;

/** Reads a percentile, such as `p95` or `p99.9`; undefined for anything else. */
export function percentile(text: string): Statistic | undefined {
  const value = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(text)?.[1];
  return value === undefined ? undefined : `p${Number(value)}`;
}

/** The datapoints of all metrics, in minutes of the cloud's time. */
export class MetricStore {
  private readonly series = new Map<string, Map<number, Minute>>();

  /** @returns false when it was dropped, because too many different metrics were sent. */
  put({ value, at, ...id }: MetricDatum & { readonly at: number }): boolean {
    const key = keyOf(id);
    let minutes = this.series.get(key);
    if (minutes === undefined) {
      if (this.series.size >= MOST_SERIES) return false;
      minutes = new Map();
      this.series.set(key, minutes);
    }
    const minute = minuteOf(at);
    const before = minutes.get(minute);
    minutes.set(minute, before === undefined ? first(value) : added(before, value));
    for (const old of minutes.keys()) {
      if (old > minute - KEPT_MINUTES) break;
      minutes.delete(old);
    }
    return true;
  }

  /** Value of a metric in a minute, counted from 1970; undefined without data. */
  value(id: MetricId, statistic: Statistic, minute: number): number | undefined {
    const found = this.series.get(keyOf(id))?.get(minute);
    return found === undefined ? undefined : statisticOf(found, statistic);
  }
}

/** Number of a minute since 1970. */
export function minuteOf(milliseconds: number): number {
  return Math.floor(milliseconds / MINUTE_MILLISECONDS);
}

function statisticOf({ sum, minimum, maximum, count, values }: Minute, statistic: Statistic): number {
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'Minimum':
      return minimum;
    case 'Maximum':
      return maximum;
    case 'Average':
      return sum / count;
    case 'SampleCount':
      return count;
    default:
      return valueAt(values, Number(statistic.slice(1)));
  }
}

/** The value that a share of all values, in percent, does not exceed; between two values on a line. */
function valueAt(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = ((sorted.length - 1) * percent) / 100;
  const [low = 0, high = low] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}

function first(value: number): Minute {
  return { sum: value, minimum: value, maximum: value, count: 1, values: [value] };
}

function added({ sum, minimum, maximum, count, values }: Minute, value: number): Minute {
  return {
    sum: sum + value,
    minimum: Math.min(minimum, value),
    maximum: Math.max(maximum, value),
    count: count + 1,
    // Beyond the limit, each value takes the place of one of the older ones in turn.
    values: count < MOST_VALUES ? [...values, value] : values.with(count % MOST_VALUES, value),
  };
}

function keyOf({ namespace, name, dimensions }: MetricId): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}
