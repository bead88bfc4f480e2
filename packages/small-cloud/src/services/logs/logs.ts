import type {
  ApiHandler,
  Cloud,
  EventLog,
  FunctionLog,
  PolicyDocument,
  PrintedLine,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
  Value,
} from '../../contract';
import { logsApi } from './api';
import { writeEvent } from './event-target';
import { logGroupName } from './log-group';
import { LogStore } from './log-store';
import { logStreams } from './log-stream';
import { resourcePolicy } from './resource-policy';

/**
 * Most resource policies of an account in a Region, which AWS does not raise.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
 */
const MOST_POLICIES = 10;

/**
 * CloudWatch Logs, as far as a stack needs it: log groups keep the events that EventBridge writes to them, and the lines of
 * functions.
 */
export class Logs implements Service, EventLog, FunctionLog {
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly store = new LogStore();
  /** Resource policies, by name. */
  private readonly policies = new Map<string, PolicyDocument>();

  constructor(private readonly cloud: Cloud) {
    this.api = { logs: logsApi({ cloud, store: this.store }) };
  }

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::Logs::LogGroup': {
      replacedBy: ['LogGroupName'],
      create: async (request) => this.create(request),
      update: async (state, request) => {
        logGroupName(request);
        return state;
      },
      delete: async ({ physicalId }) => this.store.delete(physicalId),
    },
    'AWS::Logs::LogStream': logStreams(this.store),
    'AWS::Logs::ResourcePolicy': {
      replacedBy: ['PolicyName'],
      create: async (request) => this.putPolicy(request),
      update: async (_, request) => this.putPolicy(request),
      delete: async ({ physicalId }) => {
        this.policies.delete(physicalId);
      },
    },
  };

  write(logGroupArn: string, event: Value): string | undefined {
    const { store, cloud } = this;
    const policies = () => [...this.policies.values()];
    return writeEvent(logGroupArn, event, { store, access: cloud.access, policies, now: cloud.clock.now() });
  }

  keep({ group, stream, roleArn, message }: PrintedLine): void {
    const { store, cloud } = this;
    const resource = `arn:${cloud.partition}:logs:${cloud.region}:${cloud.accountId}:log-group:${group}:log-stream:${stream}`;
    const needed = ['logs:CreateLogStream', 'logs:PutLogEvents'];
    if (!store.has(group) || needed.some((action) => !cloud.access.roleAllows(roleArn, { action, resource }))) return;
    store.put(group, { timestamp: cloud.clock.now(), message, stream });
  }

  private create(request: ResourceRequest): ResourceState {
    const { partition, region, accountId } = this.cloud;
    const name = logGroupName(request);
    if (this.store.has(name)) {
      throw new Error(
        `Resource of type 'AWS::Logs::LogGroup' with identifier '{"/properties/LogGroupName":"${name}"}' already exists.`,
      );
    }
    this.store.create(name);
    const arn = `arn:${partition}:logs:${region}:${accountId}:log-group:${name}:*`;
    return { physicalId: name, ref: name, attributes: { Arn: arn } };
  }

  private putPolicy(request: ResourceRequest): ResourceState {
    const { name, document } = resourcePolicy(request);
    if (!this.policies.has(name) && this.policies.size >= MOST_POLICIES) {
      throw new Error(`Resource limit exceeded: a Region has ${MOST_POLICIES} resource policies at most.`);
    }
    this.policies.set(name, document);
    return { physicalId: name, ref: name, attributes: {} };
  }
}
