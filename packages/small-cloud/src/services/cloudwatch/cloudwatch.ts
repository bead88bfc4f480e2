import type {
  Cloud,
  Functions,
  MetricDatum,
  Metrics,
  ResourceProvider,
  ResourceRequest,
  Service,
} from '../../contract';
import { physicalName } from '../kit/physical-name';
import { Alarm } from './alarm';
import { alarmSettings } from './alarm-settings';
import { type Dashboard, dashboard } from './dashboard';
import { EmbeddedMetricError, embeddedMetrics } from './embedded-metrics';
import { MetricStore, MINUTE_MILLISECONDS } from './metric-store';
import { dashboardPage } from './page';

/** CloudWatch: metrics of services and of function logs, alarms that invoke functions, and dashboards. */
export class CloudWatch implements Service, Metrics {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  private readonly store = new MetricStore();
  private readonly alarms = new Map<string, Alarm>();
  private readonly dashboards = new Map<string, Dashboard>();
  private timer: NodeJS.Timeout | undefined;
  private dropped = false;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: { readonly functions: () => Functions },
  ) {
    this.resources = {
      'AWS::CloudWatch::Alarm': {
        replacedBy: ['AlarmName'],
        create: async (request) => this.createAlarm(request),
        update: async (state, request) => {
          const alarm = this.alarms.get(state.physicalId);
          if (alarm === undefined) throw new Error(`Alarm ${state.physicalId} does not exist.`);
          alarm.settings = alarmSettings(request);
          return state;
        },
        delete: async ({ physicalId }) => {
          this.alarms.delete(physicalId);
        },
      },
      'AWS::CloudWatch::Dashboard': {
        replacedBy: ['DashboardName'],
        create: async (request) => this.putDashboard(dashboard(request, physicalName(request, 255))),
        update: async (_, request) => this.putDashboard(dashboard(request, physicalName(request, 255))),
        delete: async ({ physicalId }) => {
          this.dashboards.delete(physicalId);
        },
      },
    };
  }

  /** Judges the alarms at every minute of the cloud's time. */
  async start(): Promise<void> {
    this.timer = setInterval(() => this.evaluate(), this.minute);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
  }

  put(datum: MetricDatum): void {
    const kept = this.store.put({ ...datum, at: datum.at ?? this.cloud.clock.now() });
    if (kept || this.dropped) return;
    this.dropped = true;
    this.cloud.tell('cloudwatch', 'too many different metrics were sent; further ones are dropped', 'warning');
  }

  logged(source: string, line: string): void {
    try {
      for (const datum of embeddedMetrics(line)) this.put(datum);
    } catch (error) {
      if (!(error instanceof EmbeddedMetricError)) throw error;
      this.cloud.tell(source, `a line is no embedded metric, and CloudWatch drops it: ${error.message}`, 'warning');
    }
  }

  /** Page of all dashboards, as HTML. */
  page(): string {
    const byArn = new Map([...this.alarms.values()].map((alarm) => [alarm.arn, alarm]));
    const now = this.cloud.clock.now();
    return dashboardPage([...this.dashboards.values()], { store: this.store, alarms: byArn, now });
  }

  /** Length of a minute of the cloud on this machine, in milliseconds. */
  private get minute(): number {
    return MINUTE_MILLISECONDS / this.cloud.clock.speed;
  }

  /** Judges every alarm at a moment of its own in the minute, so that their functions are not invoked all at once. */
  private evaluate(): void {
    const alarms = [...this.alarms.values()];
    for (const [index, alarm] of alarms.entries()) {
      const evaluate = () => {
        if (this.alarms.get(alarm.name) === alarm) alarm.evaluate();
      };
      if (index === 0) evaluate();
      else setTimeout(evaluate, (index * this.minute) / (2 * alarms.length)).unref();
    }
  }

  private createAlarm(request: ResourceRequest) {
    const { partition, region, accountId } = this.cloud;
    const settings = alarmSettings(request);
    const name = settings.name ?? physicalName(request, 255);
    if (this.alarms.has(name)) throw new Error(`${name} already exists.`);
    const arn = `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${name}`;
    const { cloud, store } = this;
    this.alarms.set(name, new Alarm(name, arn, settings, { cloud, store, functions: this.options.functions() }));
    return { physicalId: name, ref: name, attributes: { Arn: arn } };
  }

  private putDashboard(made: Dashboard) {
    this.dashboards.set(made.name, made);
    return { physicalId: made.name, ref: made.name, attributes: {} };
  }
}
