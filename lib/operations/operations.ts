import { Aws, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Operations as Options } from '../channel/operations';
import type { Bundles } from '../stream/bundles';
import { StackFunction } from '../stream/stack-function';
import type { Viewing } from '../stream/viewing';
import { ALARM_KINDS, RUNBOOK } from './alarm-kinds';
import { AlarmNotices } from './alarm-notices';
import { Alarms } from './alarms';
import { channelAlarms } from './channel-alarms';
import { dashboardBody, metricsDrawn } from './dashboard-body';
import { functionAlarms } from './function-alarms';
import { History } from './history';
import { type MetricOf, metric } from './metrics';
import { Probe } from './probe';
import { probedPath } from './probed';
import type { WatchedChannel } from './watched-channel';

/** Properties of {@link Operations}. */
export interface OperationsProps {
  readonly options: Options;
  readonly bundles: Pick<Bundles, 'probe' | 'notices'>;
  readonly channels: readonly WatchedChannel[];
  readonly distribution: IDistribution;
  readonly notices: ITopic;
  /** Means of the probe to watch private channels. @default there are none */
  readonly viewing: Viewing | undefined;
  /** True where players report what viewers get. */
  readonly audience: boolean;
}

/** Quantities of the operations that AWS charges for; `npm run cost` multiplies them by their prices. */
export interface ChargedOperations {
  /** Metrics of the alarms by channel; `undefined` is the whole stack. CloudWatch charges by the metric. */
  readonly alarmMetrics: ReadonlyMap<string | undefined, number>;
  /** Metrics that the dashboard draws; undefined without one. */
  readonly dashboardMetrics: number | undefined;
  /** Names of the channels that the probe plays; undefined without a probe. */
  readonly probed: readonly string[] | undefined;
}

/**
 * Watches over the channels: a probe that plays them, alarms with notices that say what to do, a history, and a
 * dashboard.
 */
export class Operations extends Construct {
  /** Address of the dashboard; undefined without one. */
  readonly dashboardUrl: string | undefined;
  /** Name of the log group with the history; undefined without one. */
  readonly historyLogGroup: string | undefined;
  /** Quantities that AWS charges for. */
  readonly charged: ChargedOperations;

  constructor(
    scope: Construct,
    id: string,
    { options, bundles, channels, distribution, notices, viewing, audience }: OperationsProps,
  ) {
    super(scope, id);
    const name = `${Aws.STACK_NAME}-${Aws.REGION}`;
    if (options.dashboard) {
      this.dashboardUrl = `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/${name}`;
    }
    const probe = options.probe
      ? new Probe(this, 'Probe', {
          bundle: bundles.probe,
          channels,
          edgeDomain: distribution.distributionDomainName,
          viewing,
        })
      : undefined;
    const alarms =
      options.alarms === false
        ? undefined
        : this.alarms({
            options,
            thresholds: options.alarms,
            bundles,
            channels,
            notices,
            probe,
            distribution,
            audience,
          });
    if (options.history) this.historyLogGroup = new History(this, 'History', channels).logGroupName;
    let dashboardMetrics: number | undefined;
    if (options.dashboard) {
      const body = dashboardBody({
        stackName: Aws.STACK_NAME,
        region: Aws.REGION,
        channels,
        alarms: alarms === undefined ? [] : inOrder(alarms).map(({ arn }) => arn),
        probe: probe !== undefined,
        audience,
        distributionId: distribution.distributionId,
        runbook: options.runbook ?? RUNBOOK,
      });
      // Dashboards are global in an account: without the Region, two stacks of one name would overwrite each other.
      new CfnDashboard(this, 'Dashboard', { dashboardName: name, dashboardBody: Stack.of(this).toJsonString(body) });
      dashboardMetrics = metricsDrawn(body);
    }
    const probed = channels.filter((watched) => probedPath(watched) !== undefined);
    this.charged = {
      alarmMetrics: alarms?.metrics ?? new Map(),
      dashboardMetrics,
      probed: probe && probed.map(({ channel }) => channel.name),
    };
  }

  private alarms({
    options,
    thresholds,
    bundles,
    channels,
    notices,
    probe,
    distribution,
    audience,
  }: AlarmParts): Alarms {
    const { functionArn, ready } = new AlarmNotices(this, 'AlarmNotices', {
      bundle: bundles.notices,
      channels,
      notices,
      dashboardUrl: this.dashboardUrl,
    });
    const alarms = new Alarms(this, 'Alarms', { actionArn: functionArn, ready, runbook: options.runbook });
    const choice = { stackName: Aws.STACK_NAME, probe: probe !== undefined, audience, thresholds };
    for (const watched of channels) {
      for (const rule of channelAlarms(watched, choice)) alarms.add(watched.channel.name, rule);
    }
    if (probe !== undefined) {
      alarms.add(undefined, {
        slug: 'watcher-is-blind',
        of: '',
        metrics: [metric('functionErrors', { FunctionName: probe.functionName })],
        compare: 'above',
        threshold: 0,
        datapoints: [3, 5],
      });
    }
    for (const rule of functionAlarms(this.functionErrors(functionArn))) alarms.add(undefined, rule);
    alarms.addAtTheEdge({
      slug: 'edge-fails',
      of: '',
      metrics: [metric('errorRate5xx', { DistributionId: distribution.distributionId, Region: 'Global' })],
      compare: 'above',
      threshold: 1,
      datapoints: [3, 5],
    });
    return alarms;
  }

  /** Errors of the functions of the stack: not those of the probe, which have an alarm, and of the notices themselves. */
  private functionErrors(noticesArn: string): readonly MetricOf[] {
    return Stack.of(this)
      .node.findAll()
      .filter((part) => part instanceof StackFunction)
      .filter(({ lambda, node }) => lambda.functionArn !== noticesArn && !node.path.endsWith('/Probe/Probe'))
      .map(({ lambda }) => metric('functionErrors', { FunctionName: lambda.functionName }));
  }
}

interface AlarmParts extends Omit<OperationsProps, 'viewing'> {
  readonly thresholds: Exclude<Options['alarms'], false>;
  readonly probe: Probe | undefined;
}

/** Sorts alarms as the runbook lists their kinds, so that what viewers notice comes first. */
function inOrder({ placed }: Alarms) {
  const order = Object.keys(ALARM_KINDS);
  return [...placed].sort((a, b) => order.indexOf(a.slug) - order.indexOf(b.slug));
}
