import type { Access, ResourceProvider, ResourceRequest, ResourceState } from '../../contract';
import { isTopic } from './asynchronous';
import { eventInvokeConfig } from './event-invoke-config';
import type { LambdaFunction } from './function';

/** The configurations of asynchronous invocations (`AWS::Lambda::EventInvokeConfig`), one for each function. */
export class EventInvokeConfigs implements ResourceProvider {
  readonly replacedBy = ['FunctionName', 'Qualifier'];

  constructor(
    private readonly access: Pick<Access, 'roleAllows'>,
    private readonly find: (nameOrArn: string) => LambdaFunction | undefined,
  ) {}

  /** @throws Error when the function does not exist, or its role may not reach the destination. */
  async create(request: ResourceRequest): Promise<ResourceState> {
    const { functionName: name, ...events } = eventInvokeConfig(request);
    const configured = this.find(name);
    if (configured === undefined) throw new Error(`Function not found: ${name}`);
    const { onFailure } = events;
    const action = onFailure !== undefined && isTopic(onFailure) ? 'sns:Publish' : 'lambda:InvokeFunction';
    if (onFailure !== undefined && !this.access.roleAllows(configured.roleArn, { action, resource: onFailure })) {
      throw new Error(
        `The provided function's execution role does not have permissions to call ${action} on ${onFailure}`,
      );
    }
    configured.events = events;
    const physicalId = `${configured.name}|$LATEST`;
    return { physicalId, ref: physicalId, attributes: {} };
  }

  update(_: ResourceState, request: ResourceRequest): Promise<ResourceState> {
    return this.create(request);
  }

  async delete({ physicalId }: ResourceState): Promise<void> {
    const configured = this.find(physicalId.split('|')[0] ?? '');
    if (configured !== undefined) configured.events = undefined;
  }
}
