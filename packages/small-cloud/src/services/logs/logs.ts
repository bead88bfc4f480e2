import type { Cloud, ResourceProvider, ResourceRequest, ResourceState, Service } from '../../contract';
import { logGroupName } from './log-group';

/**
 * CloudWatch Logs, as far as a stack needs it: log groups have names and hold nothing. The log of the run shows what
 * functions print.
 */
export class Logs implements Service {
  private readonly names = new Set<string>();

  constructor(private readonly cloud: Cloud) {}

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::Logs::LogGroup': {
      replacedBy: ['LogGroupName'],
      create: async (request) => this.create(request),
      update: async (state, request) => {
        logGroupName(request);
        return state;
      },
      delete: async ({ physicalId }) => {
        this.names.delete(physicalId);
      },
    },
  };

  private create(request: ResourceRequest): ResourceState {
    const { partition, region, accountId } = this.cloud;
    const name = logGroupName(request);
    if (this.names.has(name)) {
      throw new Error(
        `Resource of type 'AWS::Logs::LogGroup' with identifier '{"/properties/LogGroupName":"${name}"}' already exists.`,
      );
    }
    this.names.add(name);
    const arn = `arn:${partition}:logs:${region}:${accountId}:log-group:${name}:*`;
    return { physicalId: name, ref: name, attributes: { Arn: arn } };
  }
}
