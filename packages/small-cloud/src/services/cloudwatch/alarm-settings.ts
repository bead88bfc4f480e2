import { type ResourceRequest, UnsupportedError } from '../../contract';
import { Declared } from '../kit/declared';
import { type AlarmMetric, type AlarmRule, MISSING_DATA, OPERATORS } from './alarm-rule';
import { type Formula, formula } from './formula';
import { metricProblem } from './known-metrics';
import { percentile, STATISTICS, type Statistic } from './metric-store';

/** An AWS::CloudWatch::Alarm as its template declares it. */
export interface AlarmSettings {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly rule: AlarmRule;
  readonly actionsEnabled: boolean;
  readonly alarmActions: readonly string[];
  readonly okActions: readonly string[];
}

const OPERATOR_NAMES = Object.keys(OPERATORS) as (keyof typeof OPERATORS)[];

/**
 * Reads the properties of an AWS::CloudWatch::Alarm.
 *
 * @throws Error for what CloudWatch refuses, and UnsupportedError for what the small cloud cannot judge.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
 */
export function alarmSettings(request: ResourceRequest): AlarmSettings {
  const declared = Declared.of(request).withoutEffect('Tags');
  const name = declared.maybeText('AlarmName');
  const description = declared.maybeText('AlarmDescription');
  if (description !== undefined && description.length > 1024) {
    throw new Error(
      `${declared.path}.AlarmDescription: ${description.length} characters were given; CloudWatch takes 1,024.`,
    );
  }
  const evaluationPeriods = declared.whole('EvaluationPeriods', 1, 1440, Number.NaN);
  const datapointsToAlarm = declared.whole('DatapointsToAlarm', 1, evaluationPeriods, evaluationPeriods);
  const operator = declared.oneOf('ComparisonOperator', OPERATOR_NAMES);
  const threshold = declared.number('Threshold');
  const treatMissingData = declared.oneOf('TreatMissingData', MISSING_DATA, 'missing');
  const actionsEnabled = isOn(declared, 'ActionsEnabled');
  const alarmActions = actions(declared, 'AlarmActions');
  const okActions = actions(declared, 'OKActions');
  const { metrics, seconds, ...maths } =
    declared.value('Metrics') === undefined ? single(declared) : expression(declared);
  declared.end();
  if (seconds % 60 !== 0) {
    throw new UnsupportedError(`${declared.path}.Period: ${seconds} s is not modelled; give whole minutes`);
  }
  const rule: AlarmRule = {
    metrics,
    operator,
    threshold,
    periodMinutes: seconds / 60,
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData,
    ...maths,
  };
  return { name, description, rule, actionsEnabled, alarmActions, okActions };
}

/** Reads a Boolean that is true when it is left out. */
function isOn(declared: Declared, key: string): boolean {
  return declared.value(key) === undefined || declared.flag(key);
}

function actions(declared: Declared, key: string): readonly string[] {
  const arns = declared.texts(key);
  const stranger = arns.find((arn) => !/^arn:[^:]+:lambda:[^:]+:\d{12}:function:[\w-]+$/.test(arn));
  if (stranger !== undefined) {
    throw declared.unsupported(
      key,
      `${stranger} is not; known: the ARN of a Lambda function. (A topic that is encrypted with alias/aws/sns gets nothing from alarms on AWS)`,
    );
  }
  return arns;
}

function single(declared: Declared): Measured {
  const seconds = declared.whole('Period', 10, 86_400, Number.NaN);
  const [plain, extended] = ['Statistic', 'ExtendedStatistic'].map((key) => declared.maybeText(key));
  if ((plain === undefined) === (extended === undefined)) {
    throw new Error(`${declared.path}: one of Statistic and ExtendedStatistic is needed.`);
  }
  const key = plain === undefined ? 'ExtendedStatistic' : 'Statistic';
  return { metrics: [metricIn(declared, statisticOf(declared, key))], seconds };
}

/**
 * Most metrics of an alarm, and most formulas.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
 */
const MOST_METRICS = 10;

/** Reads `Metrics`: the metrics, and formulas over them, one of which returns data; or the sum of all metrics. */
function expression(declared: Declared): Measured {
  const entries = declared.list('Metrics');
  const returned = entries.filter((entry) => isOn(entry, 'ReturnData'));
  const metrics: AlarmMetric[] = [];
  const formulas = new Map<string, Formula | undefined>();
  let seconds = 60;
  for (const entry of entries) {
    const id = idOf(entry);
    entry.maybeText('Label');
    const text = entry.maybeText('Expression');
    if (text !== undefined) {
      entry.withoutEffect('Period');
      formulas.set(id, text === 'SUM(METRICS())' ? undefined : readFormula(entry, text));
      continue;
    }
    const stat = entry.section('MetricStat');
    seconds = stat.whole('Period', 10, 86_400, Number.NaN);
    metrics.push({ ...metricIn(stat.section('Metric'), statisticOf(stat, 'Stat')), id });
  }
  for (const [count, what] of [
    [metrics.length, 'MetricStat'],
    [formulas.size, 'Expression'],
  ] as const) {
    if (count > MOST_METRICS) {
      throw new Error(`${declared.path}.Metrics: ${count} entries have ${what}; CloudWatch takes ${MOST_METRICS}.`);
    }
  }
  const [only, ...more] = returned;
  if (only === undefined || more.length > 0) {
    throw new Error(`${declared.path}.Metrics: ${returned.length} entries return data; an alarm needs exactly one.`);
  }
  const top = formulas.get(only.text('Id'));
  return top === undefined ? { metrics, seconds } : { metrics, seconds, formula: withOthers(top, formulas) };
}

/** The metrics of an alarm, and the formula over them if there is one. */
type Measured = Pick<AlarmRule, 'metrics' | 'formula'> & { readonly seconds: number };

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
function idOf(entry: Declared): string {
  const id = entry.text('Id');
  if (/^[a-z]\w*$/.test(id)) return id;
  throw new Error(`${entry.path}.Id: ${id} was given; a lower-case letter, then letters, digits and _ are needed.`);
}

function readFormula(entry: Declared, text: string): Formula {
  try {
    return formula(text);
  } catch (error) {
    throw entry.unsupported('Expression', error instanceof Error ? error.message : String(error));
  }
}

/** Lets a formula use the ids of other formulas. */
function withOthers(top: Formula, formulas: ReadonlyMap<string, Formula | undefined>): Formula {
  return (values) => {
    const value = (id: string): number | undefined => {
      const other = formulas.get(id);
      return other === undefined ? values(id) : other(value);
    };
    return top(value);
  };
}

function statisticOf(declared: Declared, key: string): Statistic {
  return percentile(declared.text(key)) ?? declared.oneOf(key, STATISTICS);
}

function metricIn(declared: Declared, statistic: Statistic): AlarmMetric {
  const namespace = declared.text('Namespace');
  const name = declared.text('MetricName');
  const dimensions = Object.fromEntries(
    declared.list('Dimensions').map((dimension) => [dimension.text('Name'), dimension.text('Value')]),
  );
  const problem = metricProblem(namespace, name, Object.keys(dimensions));
  if (problem !== undefined) throw new UnsupportedError(`${declared.path}: ${problem}`);
  return { namespace, name, dimensions, statistic };
}
