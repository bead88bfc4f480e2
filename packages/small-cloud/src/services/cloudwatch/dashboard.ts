import { type ResourceRequest, UnsupportedError, type Value } from '../../contract';
import { Declared } from '../kit/declared';
import { metricProblem } from './known-metrics';
import { type MetricId, percentile, STATISTICS, type Statistic } from './metric-store';

/** One line of a graph. */
export interface Line extends MetricId {
  readonly statistic: Statistic;
  readonly label: string;
}

/** One widget of a dashboard, in the columns and rows of its grid. */
export type Widget = { readonly x: number; readonly y: number; readonly width: number; readonly height: number } & (
  | { readonly type: 'text'; readonly markdown: string }
  | { readonly type: 'alarm'; readonly title: string; readonly alarms: readonly string[] }
  | { readonly type: 'metric'; readonly title: string; readonly single: boolean; readonly lines: readonly Line[] }
);

/** An AWS::CloudWatch::Dashboard. */
export interface Dashboard {
  readonly name: string;
  readonly widgets: readonly Widget[];
}

/**
 * Reads an AWS::CloudWatch::Dashboard. CloudWatch draws an empty graph for a metric that nobody sends; the small cloud
 * refuses the dashboard and names the metric.
 *
 * @throws UnsupportedError
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboard(request: ResourceRequest, fallbackName: string): Dashboard {
  const declared = Declared.of(request);
  const name = declared.maybeText('DashboardName') ?? fallbackName;
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
    throw new Error(
      `${declared.path}.DashboardName: ${name} was given; 1 to 255 letters, digits, - and _ are possible.`,
    );
  }
  const text = declared.text('DashboardBody');
  declared.end();
  const body = new Declared(parsed(text, declared.path), `${declared.path}.DashboardBody`);
  body.withoutEffect('start', 'end', 'periodOverride');
  const widgets = body.list('widgets').map(widget);
  body.end();
  return { name, widgets };
}

/** Most alarms of a widget. */
const MOST_ALARMS = 100;

function parsed(text: string, path: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw new Error(`${path}.DashboardBody: the text is no JSON.`);
  }
}

function widget(declared: Declared): Widget {
  const type = declared.oneOf('type', ['metric', 'alarm', 'text']);
  const place = {
    x: declared.whole('x', 0, 23, 0),
    y: declared.whole('y', 0, 10_000, 0),
    width: declared.whole('width', 1, 24, 6),
    height: declared.whole('height', 1, 1000, 6),
  };
  const properties = declared.part('properties');
  switch (type) {
    case 'text':
      return { ...place, type, markdown: properties.text('markdown') };
    case 'alarm': {
      const alarms = properties.texts('alarms');
      if (alarms.length < 1 || alarms.length > MOST_ALARMS) {
        throw new Error(`${properties.path}.alarms: ${alarms.length} were given; 1 to ${MOST_ALARMS} are needed.`);
      }
      return { ...place, type, title: properties.maybeText('title') ?? '', alarms };
    }
    case 'metric': {
      properties.withoutEffect('region', 'period', 'stat', 'liveData', 'yAxis', 'annotations', 'setPeriodToTimeRange');
      const single = properties.oneOf('view', ['timeSeries', 'singleValue'], 'timeSeries') === 'singleValue';
      const title = properties.maybeText('title') ?? '';
      return { ...place, type, title, single, lines: lines(properties) };
    }
  }
}

function lines(properties: Declared): readonly Line[] {
  const entries = properties.value('metrics');
  if (!Array.isArray(entries)) throw new Error(`${properties.path}.metrics: a list is needed.`);
  return entries.map((entry: Value, index) => line(entry, `${properties.path}.metrics[${index}]`));
}

/** Reads `[namespace, name, dimension, value, …, { stat, label }]`. */
function line(entry: Value, path: string): Line {
  if (!Array.isArray(entry)) {
    throw new UnsupportedError(`${path}: a list of names is needed; expressions are not modelled`);
  }
  const words = entry.filter((word): word is string => typeof word === 'string');
  const options = Object(entry.find((word) => typeof word === 'object')) as { stat?: unknown; label?: unknown };
  const [namespace = '', name = '', ...pairs] = words;
  if (name === '' || words.includes('...') || pairs.length % 2 !== 0) {
    throw new UnsupportedError(`${path}: write out the namespace, the name and every dimension with its value`);
  }
  const dimensions = Object.fromEntries(
    pairs.flatMap((word, index) => (index % 2 === 0 ? [[word, pairs[index + 1] ?? '']] : [])),
  );
  const problem = metricProblem(namespace, name, Object.keys(dimensions));
  if (problem !== undefined) throw new UnsupportedError(`${path}: ${problem}`);
  const wanted = options.stat ?? 'Average';
  const statistic = percentile(String(wanted)) ?? STATISTICS.find((one) => one === wanted);
  if (statistic === undefined) {
    throw new UnsupportedError(`${path}: statistic ${String(options.stat)} was given; known: ${STATISTICS.join(', ')}`);
  }
  return { namespace, name, dimensions, statistic, label: String(options.label ?? name) };
}
