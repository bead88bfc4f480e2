import { ArnFormat, Aws, CfnCondition, Fn, Stack } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, type IDependable } from 'constructs';
import { pascalCase } from '../stream/names';
import { type AlarmSlug, alarmDescription } from './alarm-kinds';
import type { AlarmRule } from './alarm-rule';
import type { MetricOf } from './metrics';

/** Seconds of one datapoint. Below 60 an alarm costs three times as much. */
const PERIOD_SECONDS = 60;

const OPERATORS = {
  above: 'GreaterThanThreshold',
  'at least': 'GreaterThanOrEqualToThreshold',
  below: 'LessThanThreshold',
} as const satisfies Readonly<Record<AlarmRule['compare'], string>>;

/** Where alarms go, and what their descriptions link to. */
export interface AlarmsProps {
  /** ARN of the function that makes a notice of an alarm. */
  readonly actionArn: string;
  /** Exists before the first alarm: the permission that lets alarms invoke the function. */
  readonly ready: IDependable;
  readonly runbook: string | undefined;
}

/** An alarm of the stack, as the dashboard shows it. */
export interface PlacedAlarm {
  readonly slug: AlarmSlug;
  readonly arn: string;
}

/**
 * The CloudWatch alarms of the stack. They have no fixed names: PutMetricAlarm replaces an alarm of the same name, so a
 * second stack would take over the alarms of the first.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions.html
 */
export class Alarms extends Construct {
  readonly placed: PlacedAlarm[] = [];
  /** Metrics of the alarms by the channel that they are about; `undefined` is the whole stack. */
  readonly metrics = new Map<string | undefined, number>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlarmsProps,
  ) {
    super(scope, id);
  }

  /**
   * Adds an alarm about CloudFront, in stacks in us-east-1 alone: an alarm reads the metrics of its own Region, and
   * CloudFront's are there.
   */
  addAtTheEdge(rule: AlarmRule): void {
    const condition = new CfnCondition(this, 'BesideTheEdge', {
      expression: Fn.conditionEquals(Aws.REGION, 'us-east-1'),
    });
    this.alarm(undefined, rule).cfnOptions.condition = condition;
  }

  /** @param channel - its name; undefined for an alarm about the whole stack. */
  add(channel: string | undefined, rule: AlarmRule): void {
    const alarm = this.alarm(channel, rule);
    this.placed.push({ slug: rule.slug, arn: alarm.attrArn });
  }

  private alarm(channel: string | undefined, rule: AlarmRule): CfnAlarm {
    const about = channel === undefined ? 'The stack' : `Channel ${channel}`;
    const [bad, of] = rule.datapoints;
    this.metrics.set(channel, (this.metrics.get(channel) ?? 0) + rule.metrics.length);
    const alarm = new CfnAlarm(this, pascalCase(`${channel ?? 'stack'}-${rule.slug}-${idOf(rule.of)}`), {
      alarmDescription: alarmDescription(
        rule.slug,
        rule.of === '' ? about : `${about}, ${rule.of}`,
        this.props.runbook,
      ),
      comparisonOperator: OPERATORS[rule.compare],
      threshold: rule.threshold,
      evaluationPeriods: of,
      datapointsToAlarm: bad,
      treatMissingData: 'notBreaching',
      alarmActions: [this.props.actionArn],
      okActions: [this.props.actionArn],
      ...measured(rule),
    });
    alarm.node.addDependency(this.props.ready);
    return alarm;
  }
}

function idOf(of: string): string {
  return of.replaceAll(/[^a-z0-9]+/gi, '-');
}

/** Writes one metric as it is, and several as a formula: by default their sum, in which one without data counts as 0. */
function measured({ metrics: [first, ...others], formula }: AlarmRule) {
  if (others.length === 0) {
    return {
      namespace: first.namespace,
      metricName: first.name,
      dimensions: dimensionsOf(first),
      ...statisticOf(first),
      period: PERIOD_SECONDS,
    };
  }
  const sum = formula === undefined ? 'sum' : 'value';
  return {
    metrics: [
      { id: sum, expression: formula ?? 'SUM(METRICS())', label: sum, returnData: true },
      ...[first, ...others].map((one, index) => ({
        id: `m${index}`,
        returnData: false,
        metricStat: {
          metric: { namespace: one.namespace, metricName: one.name, dimensions: dimensionsOf(one) },
          period: PERIOD_SECONDS,
          stat: one.stat,
        },
      })),
    ],
  };
}

/** A percentile is a member of its own. */
function statisticOf({ stat }: MetricOf) {
  return stat.startsWith('p') ? { extendedStatistic: stat } : { statistic: stat };
}

function dimensionsOf({ dimensions }: MetricOf) {
  return Object.entries(dimensions).map(([name, value]) => ({ name, value }));
}

/** Pattern of the ARNs of the alarms of a stack, whose names CloudFormation makes from the stack's name. */
export function alarmArns(scope: Construct): string {
  const stack = Stack.of(scope);
  return stack.formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: `${Aws.STACK_NAME}-*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
