import { type ResourceRequest, UnsupportedError } from '../../contract';
import { Declared } from '../kit/declared';
import { type AlarmMetric, type AlarmRule, MISSING_DATA, OPERATORS } from './alarm-rule';
import { metricProblem } from './known-metrics';
import { STATISTICS } from './metric-store';

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
  const { metrics, seconds } = declared.value('Metrics') === undefined ? single(declared) : expression(declared);
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

function single(declared: Declared) {
  const seconds = declared.whole('Period', 10, 86_400, Number.NaN);
  return { metrics: [metricIn(declared, 'Statistic')], seconds };
}

/** Reads `Metrics`: one expression, the sum of all metrics, and the metrics. */
function expression(declared: Declared) {
  const entries = declared.list('Metrics');
  const returned = entries.filter((entry) => isOn(entry, 'ReturnData'));
  const metrics: AlarmMetric[] = [];
  let seconds = 60;
  for (const entry of entries) {
    entry.text('Id');
    entry.maybeText('Label');
    const formula = entry.maybeText('Expression');
    if (formula !== undefined) {
      if (formula !== 'SUM(METRICS())') {
        throw entry.unsupported('Expression', `${formula} is not; known: SUM(METRICS())`);
      }
      continue;
    }
    const stat = entry.section('MetricStat');
    seconds = stat.whole('Period', 10, 86_400, Number.NaN);
    metrics.push(metricIn(stat.section('Metric'), undefined, stat.oneOf('Stat', STATISTICS)));
  }
  if (returned.length !== 1) {
    throw new Error(`${declared.path}.Metrics: ${returned.length} entries return data; an alarm needs exactly one.`);
  }
  return { metrics, seconds };
}

function metricIn(
  declared: Declared,
  statisticKey: 'Statistic' | undefined,
  stat?: AlarmMetric['statistic'],
): AlarmMetric {
  const namespace = declared.text('Namespace');
  const name = declared.text('MetricName');
  const dimensions = Object.fromEntries(
    declared.list('Dimensions').map((dimension) => [dimension.text('Name'), dimension.text('Value')]),
  );
  const problem = metricProblem(namespace, name, Object.keys(dimensions));
  if (problem !== undefined) throw new UnsupportedError(`${declared.path}: ${problem}`);
  const statistic = statisticKey === undefined ? (stat ?? 'Sum') : declared.oneOf(statisticKey, STATISTICS);
  return { namespace, name, dimensions, statistic };
}
