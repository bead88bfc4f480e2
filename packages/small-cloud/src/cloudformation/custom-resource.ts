import { randomUUID } from 'node:crypto';
import {
  type Cloud,
  isList,
  isObject,
  type JsonObject,
  type Properties,
  type ResourceProvider,
  type ResourceRequest,
  type ResourceState,
  type Value,
} from '../contract';
import { physicalName } from '../services/kit/physical-name';
import { type CustomResourceAnswer, readResponse } from './custom-resource-response';
import type { CustomResourceResponses } from './responses';
import { HalfMadeError } from './stack';

/** The parts of the run that custom resources need. */
export interface CustomResourceOptions {
  readonly lambda: { invokeAsync(functionArn: string, event: Value): Promise<unknown> };
  readonly responses: CustomResourceResponses;
  /** Base URL of the local API, read at each request. */
  readonly responseUrl: () => string;
}

/** Returns true for the types that custom resources serve. */
export function isCustomResource(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/** CloudFormation waits no longer than an hour either. */
const DEFAULT_TIMEOUT_SECONDS = 3600;

/**
 * Custom resources: a request goes to a Lambda function of the stack as an event. It ends with a PUT to its ResponseURL,
 * or after ServiceTimeout. The function's return value has no effect, as in CloudFormation.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requesttypes.html
 */
export class CustomResourceProvider implements ResourceProvider {
  constructor(
    private readonly cloud: Cloud,
    private readonly options: CustomResourceOptions,
  ) {}

  async create(request: ResourceRequest): Promise<ResourceState> {
    const answer = await this.ask(request, { RequestType: 'Create' });
    if (answer.status === 'success') return stateOf(answer.physicalId, answer.data);
    // CloudFormation cannot know how far the function got, so the rollback deletes whatever may exist.
    throw new HalfMadeError(answer.reason, stateOf(answer.physicalId ?? physicalName(request)));
  }

  /** Keeps the old physical id when the update fails. Another physical id in the answer is a new resource. */
  async update(state: ResourceState, request: ResourceRequest, previous: Properties): Promise<ResourceState> {
    const answer = await this.ask(request, {
      RequestType: 'Update',
      PhysicalResourceId: state.physicalId,
      OldResourceProperties: withTextScalars(previous),
    });
    if (answer.status === 'failed') throw new Error(answer.reason);
    return stateOf(answer.physicalId, answer.data);
  }

  async delete({ physicalId }: ResourceState, request: ResourceRequest): Promise<void> {
    const answer = await this.ask(request, { RequestType: 'Delete', PhysicalResourceId: physicalId });
    if (answer.status === 'failed') throw new Error(answer.reason);
  }

  private async ask(request: ResourceRequest, specific: JsonObject): Promise<CustomResourceAnswer> {
    const { logicalId, stackId, type, properties } = request;
    const { ServiceToken: serviceToken } = properties;
    if (typeof serviceToken !== 'string' || serviceToken.split(':')[2] !== 'lambda') {
      throw new Error(`${logicalId}.ServiceToken must be the ARN of a Lambda function of this stack`);
    }
    const identity = { StackId: stackId, RequestId: randomUUID(), LogicalResourceId: logicalId };
    const timeoutSeconds = serviceTimeout(request);
    const pending = this.options.responses.open(`${logicalId} (RequestId: ${identity.RequestId})`, timeoutSeconds);
    const invoked = this.options.lambda.invokeAsync(serviceToken, {
      ...specific,
      ServiceToken: serviceToken,
      ResponseURL: `${this.options.responseUrl()}${pending.path}`,
      ...identity,
      ResourceType: type,
      ResourceProperties: withTextScalars(properties),
    });
    // Only a failed invocation ends the wait early; a function that dies leaves CloudFormation waiting.
    const body = await Promise.race([pending.received, invoked.then(() => pending.received)]).catch(
      (error: unknown) => {
        pending.withdraw();
        throw error;
      },
    );
    if (body !== undefined) return readResponse(body, identity);
    this.cloud.tell('cloudformation', `${logicalId}: no response within ${timeoutSeconds} s`, 'warning');
    return { status: 'failed', reason: noResponse(identity.RequestId), physicalId: undefined };
  }
}

/** Converts every scalar to a string, as CloudFormation sends it: `true` arrives as `"true"`, `30` as `"30"`. */
export function withTextScalars(value: Value): Value {
  if (isList(value)) return value.map(withTextScalars);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTextScalars(inner)]));
  }
  return String(value);
}

function serviceTimeout({ logicalId, properties }: ResourceRequest): number {
  const seconds = Number(properties['ServiceTimeout'] ?? DEFAULT_TIMEOUT_SECONDS);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= DEFAULT_TIMEOUT_SECONDS) return seconds;
  throw new Error(`${logicalId}.ServiceTimeout must be an integer from 1 to ${DEFAULT_TIMEOUT_SECONDS} (seconds)`);
}

function noResponse(requestId: string): string {
  return (
    `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. ` +
    'If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.'
  );
}

function stateOf(physicalId: string, data: JsonObject = {}): ResourceState {
  return { physicalId, ref: physicalId, attributes: data };
}
