import type {
  ApiHandler,
  Cloud,
  EventLog,
  Functions,
  ResourceProvider,
  ResourceRequest,
  Service,
} from '../../contract';
import { physicalName } from '../kit/physical-name';
import { eventsApi } from './api';
import type { DefaultBus } from './default-bus';
import { type Envelope, envelope } from './envelope';
import { isLogGroup, type Rule, ruleSettings, type Target } from './rule';

/** Parts of the run that EventBridge uses. */
export interface EventsOptions {
  readonly bus: Pick<DefaultBus, 'listen'>;
  readonly functions: Functions;
  /** @default there is no log group */
  readonly logs?: EventLog;
}

const PRINCIPAL = 'events.amazonaws.com';

/** EventBridge: the rules of the default bus send matching events to Lambda functions whose policies allow it. */
export class Events implements Service {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly rules = new Map<string, Rule>();
  private stopped = false;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: EventsOptions,
  ) {
    options.bus.listen((event) => this.route(envelope(cloud, event)));
    this.api = { events: eventsApi({ cloud, rules: this.rules, route: (event) => this.route(event) }) };
    this.resources = {
      'AWS::Events::Rule': {
        create: async (request) => this.createRule(request),
        update: async (state, request) => {
          const rule = this.rules.get(state.physicalId);
          if (rule === undefined) throw new Error(`Rule ${state.physicalId} does not exist on EventBus default.`);
          rule.settings = ruleSettings(request);
          return state;
        },
        replacedBy: ['Name', 'EventBusName'],
        delete: async ({ physicalId }) => {
          this.rules.delete(physicalId);
        },
      },
    };
  }

  /** Ends the sending of events. */
  async stop(): Promise<void> {
    this.stopped = true;
  }

  private createRule(request: ResourceRequest) {
    const { partition, region, accountId } = this.cloud;
    const settings = ruleSettings(request);
    const name = settings.name ?? physicalName(request, 64);
    if (this.rules.has(name)) throw new Error(`${name} already exists on EventBus default.`);
    const arn = `arn:${partition}:events:${region}:${accountId}:rule/${name}`;
    this.rules.set(name, { name, arn, settings });
    return { physicalId: name, ref: name, attributes: { Arn: arn, RuleName: name } };
  }

  private route(event: Envelope): void {
    if (this.stopped) return;
    for (const rule of this.rules.values()) {
      if (!rule.settings.enabled || !rule.settings.pattern.matches(event)) continue;
      for (const target of rule.settings.targets) this.send(rule, target, event);
    }
  }

  private send(rule: Rule, { arn, input }: Target, event: Envelope): void {
    const node = `events ${rule.name}`;
    const { functions, logs } = this.options;
    if (isLogGroup(arn)) {
      const why = logs === undefined ? 'there is no log group' : logs.write(arn, input === undefined ? event : input);
      if (why !== undefined) this.cloud.tell(node, `"${event['detail-type']}" is not kept: ${why}`, 'warning');
      return;
    }
    try {
      if (!functions.permits(arn, PRINCIPAL, rule.arn)) {
        this.cloud.tell(
          node,
          `an event fits ("${event['detail-type']}"), but ${arn} is not invoked: no AWS::Lambda::Permission allows lambda:InvokeFunction to ${PRINCIPAL} for ${rule.arn}`,
          'warning',
        );
        return;
      }
    } catch (error) {
      // The local run cannot judge the function's policy.
      this.fail(node, arn, error);
      return;
    }
    this.cloud.tell(node, `"${event['detail-type']}" goes to ${arn}`);
    functions.invokeAsync(arn, input === undefined ? event : input).catch((error) => this.fail(node, arn, error));
  }

  private fail(node: string, arn: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.cloud.tell(node, `${arn} is not invoked: ${reason}`, 'warning');
  }
}
