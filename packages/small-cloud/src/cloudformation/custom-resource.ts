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

/** What custom resources need of the rest of the run. */
export interface CustomResourceOptions {
  readonly lambda: { invokeAsync(functionArn: string, event: Value): Promise<unknown> };
  readonly responses: CustomResourceResponses;
  /** Base URL of the local API, asked for at each request. */
  readonly responseUrl: () => string;
}

/** Whether a resource type is served by a custom resource. */
export function isCustomResource(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/** An hour is also the most that CloudFormation waits. */
const DEFAULT_TIMEOUT_SECONDS = 3600;

/**
 * Custom resources: their requests go to a Lambda function of the stack as events, and are over when a response was PUT
 * to their ResponseURL or ServiceTimeout has passed. What the function returns counts for nothing, as in CloudFormation.
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
    // CloudFormation cannot know how far the function came, so it has it delete what there may be.
    throw new HalfMadeError(answer.reason, stateOf(answer.physicalId ?? physicalName(request)));
  }

  /** A failed update leaves the old physical id. Another physical id in the answer is a new resource. */
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
    // Only a function that cannot be invoked at all ends the wait; one that dies leaves CloudFormation waiting.
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

/** CloudFormation sends every scalar as text: `true` arrives as `"true"`, `30` as `"30"`. */
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
