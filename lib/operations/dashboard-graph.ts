import type { MetricOf } from './metrics';

/** One widget of a CloudWatch dashboard, without its place. */
export interface Widget {
  readonly type: 'metric' | 'alarm' | 'text';
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

const PERIOD_SECONDS = 60;

/** Place and form of a graph. */
export interface GraphOptions {
  readonly region: string;
  readonly width: number;
  readonly view?: 'timeSeries' | 'singleValue';
}

/** Makes a widget that draws metrics, a datapoint for each minute. */
export function graph(
  title: string,
  metrics: readonly MetricOf[],
  { region, width, view = 'timeSeries' }: GraphOptions,
): Widget {
  return {
    type: 'metric',
    width,
    height: 6,
    properties: {
      title,
      region,
      view,
      period: PERIOD_SECONDS,
      metrics: metrics.map((one) => [
        one.namespace,
        one.name,
        ...Object.entries(one.dimensions).flat(),
        { stat: one.stat, label: labelOf(one) },
      ]),
    },
  };
}

function labelOf({ name, dimensions: { Pipeline, StatusCode, StatusCodeRange } }: MetricOf): string {
  const of = [Pipeline === undefined ? undefined : `pipeline ${Pipeline}`, StatusCode ?? StatusCodeRange];
  return [name, ...of.filter((part) => part !== undefined)].join(' ');
}
