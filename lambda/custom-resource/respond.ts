import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse, Context } from 'aws-lambda';
import { reasonOf, responseBody } from './response';

/** What a custom resource has come to. */
export interface Outcome {
  readonly physicalId: string;
  /** What `Fn::GetAtt` answers; at most some 3,000 bytes, because a whole response has 4,096. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The work of one custom resource, without the protocol around it. */
export interface CustomResourceHandler {
  /** The stable name of the resource that an event is about: also what a failed create reports, so that its rollback finds it. */
  physicalId(event: CloudFormationCustomResourceEvent): string;
  /** Brings it about. `deadline` is the time (ms since 1970) by which it should have given up with an error of its own. */
  handle(event: CloudFormationCustomResourceEvent, deadline: number): Promise<Outcome>;
}

/** Sends a response to where CloudFormation waits for it. */
export type Put = (url: string, body: string) => Promise<{ readonly ok: boolean; readonly status: number }>;

const ATTEMPTS = 5;
/** How long one try to send the response may take; an address that does not answer would take minutes. */
const ATTEMPT_MILLISECONDS = 5000;
/** What is left of the Lambda's time for sending the response: all tries, and the 6 s between them. */
const RESPONSE_MILLISECONDS = 35_000;

/**
 * Speaks CloudFormation's protocol for a handler: exactly one response on every path, awaited, and sent before Lambda
 * ends the function: when the work is not done by then, the response says so.
 *
 * @param put - sends the response; it is tried again when it is refused.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export function customResource(
  handler: CustomResourceHandler,
  put: Put = putOverHttp(ATTEMPT_MILLISECONDS),
): (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void> {
  return async (event, context) => {
    console.log(`${event.RequestType} ${event.LogicalResourceId}`);
    const left = context.getRemainingTimeInMillis();
    const reserve = Math.min(RESPONSE_MILLISECONDS, left / 4);
    const deadline = Date.now() + left - reserve;
    const response = await outcome(handler, event, deadline);
    console.log(`${event.RequestType} ${event.LogicalResourceId}: ${response.Status} ${response.Reason ?? ''}`);
    await send(event.ResponseURL, response, put);
  };
}

async function outcome(
  handler: CustomResourceHandler,
  event: CloudFormationCustomResourceEvent,
  deadline: number,
): Promise<CloudFormationCustomResourceResponse> {
  const request = {
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('The work was not done within the time that the function has')),
      deadline - Date.now(),
    );
  });
  try {
    const { physicalId, attributes } = await Promise.race([handler.handle(event, deadline), late]);
    return {
      ...request,
      Status: 'SUCCESS',
      PhysicalResourceId: physicalId,
      ...(attributes ? { Data: attributes } : {}),
    };
  } catch (error) {
    console.error(error);
    return { ...request, Status: 'FAILED', PhysicalResourceId: failedId(handler, event), Reason: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** A failure must not give a known resource a new id: CloudFormation would take that for a replacement. */
function failedId(handler: CustomResourceHandler, event: CloudFormationCustomResourceEvent): string {
  if (event.RequestType !== 'Create') return event.PhysicalResourceId;
  try {
    return handler.physicalId(event);
  } catch {
    return `${event.LogicalResourceId}-not-created`;
  }
}

async function send(url: string, response: CloudFormationCustomResourceResponse, put: Put): Promise<void> {
  const body = responseBody(response);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await put(url, body);
      if (answer.ok) return;
      throw new Error(`the response was refused with ${answer.status}`);
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
    }
  }
}

/**
 * Sends a response over HTTP, without a content type, as the signed URL wants it.
 *
 * @param milliseconds - how long one try may take.
 */
export function putOverHttp(milliseconds: number): Put {
  return (url, body) =>
    fetch(url, { method: 'PUT', body, headers: { 'content-type': '' }, signal: AbortSignal.timeout(milliseconds) });
}
