import type { MetricDatum } from '../../contract';

/** Values of one metric in a line that CloudWatch takes. */
const MOST_VALUES = 100;
/** Dimensions that CloudWatch takes in one set. */
const MOST_DIMENSIONS = 30;

/** A line that begins as an embedded metric and cannot be taken. */
export class EmbeddedMetricError extends Error {
  override readonly name = 'EmbeddedMetricError';
}

/**
 * Reads the metrics of a log line in CloudWatch's embedded metric format; none for any other line.
 *
 * @throws EmbeddedMetricError for a line with `_aws` that does not follow the format: CloudWatch would drop it silently.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(line: string): readonly MetricDatum[] {
  if (!line.startsWith('{') || !line.includes('"_aws"')) return [];
  const root = parsed(line);
  const { Timestamp: at, CloudWatchMetrics: directives } = Object(root['_aws']);
  if (typeof at !== 'number') throw new EmbeddedMetricError('_aws.Timestamp: milliseconds since 1970 are needed');
  if (!Array.isArray(directives)) throw new EmbeddedMetricError('_aws.CloudWatchMetrics: a list is needed');
  return directives.flatMap((directive: unknown) => ofDirective(root, Object(directive), at));
}

function parsed(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    throw new EmbeddedMetricError('the line is no JSON');
  }
}

function ofDirective(root: Record<string, unknown>, directive: Record<string, unknown>, at: number): MetricDatum[] {
  const { Namespace: namespace, Dimensions: sets, Metrics: metrics } = directive;
  if (typeof namespace !== 'string' || namespace === '') throw new EmbeddedMetricError('Namespace: a string is needed');
  if (!Array.isArray(sets) || !Array.isArray(metrics)) {
    throw new EmbeddedMetricError('Dimensions and Metrics: lists are needed');
  }
  return sets.flatMap((names: unknown) => {
    const dimensions = dimensionsIn(root, names);
    return metrics.flatMap((metric: unknown) => {
      const name = String(Object(metric).Name);
      return valuesOf(root[name], name).map((value) => ({ namespace, name, dimensions, value, at }));
    });
  });
}

function dimensionsIn(root: Record<string, unknown>, names: unknown): Record<string, string> {
  if (!Array.isArray(names) || names.length > MOST_DIMENSIONS) {
    throw new EmbeddedMetricError(`a set of dimensions is a list of up to ${MOST_DIMENSIONS} names`);
  }
  return Object.fromEntries(
    names.map((name: unknown) => {
      const value = root[String(name)];
      if (typeof value !== 'string') throw new EmbeddedMetricError(`dimension ${String(name)}: a string is needed`);
      return [String(name), value];
    }),
  );
}

function valuesOf(value: unknown, name: string): readonly number[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const numbers = values.filter((one) => typeof one === 'number');
  if (numbers.length !== values.length || numbers.length > MOST_VALUES) {
    throw new EmbeddedMetricError(`${name}: a number, or a list of up to ${MOST_VALUES} numbers, is needed`);
  }
  return numbers;
}
