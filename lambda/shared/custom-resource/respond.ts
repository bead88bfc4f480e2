import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse, Context } from 'aws-lambda';
import { reasonOf, responseBody } from './response';

/** The result of a custom resource's work. */
export interface Outcome {
  readonly physicalId: string;
  /** Values for `Fn::GetAtt`; at most some 3,000 bytes, because a whole response has 4,096. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The work of one custom resource, without the protocol around it. */
export interface CustomResourceHandler {
  /** Returns the stable id of the resource. A failed create reports it too, so that the rollback finds the resource. */
  physicalId(event: CloudFormationCustomResourceEvent): string;
  /**
   * Does the work.
   *
   * @param deadline - time by which to give up with an error of its own, in milliseconds since 1970.
   */
  handle(event: CloudFormationCustomResourceEvent, deadline: number): Promise<Outcome>;
}

/** Sends a response to the URL at which CloudFormation waits for it. */
export type Put = (url: string, body: string) => Promise<{ readonly ok: boolean; readonly status: number }>;

const ATTEMPTS = 5;
/** Longest time of one try to send the response. Without it, an address that does not answer would take minutes. */
const ATTEMPT_MILLISECONDS = 5000;
/** Time reserved for sending the response: all tries, and the 6 s between them. */
const RESPONSE_MILLISECONDS = 35_000;

/**
 * Speaks CloudFormation's protocol for a handler. Every path sends and awaits exactly one response before Lambda ends the
 * function. If the work is not done by then, the response says so.
 *
 * @param put - sends the response. A refused one is sent again.
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
    const success = { ...request, Status: 'SUCCESS', PhysicalResourceId: physicalId } as const;
    return attributes === undefined ? success : { ...success, Data: attributes };
  } catch (error) {
    console.error(error);
    return { ...request, Status: 'FAILED', PhysicalResourceId: failedId(handler, event), Reason: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Returns the id of a failed resource. A known one keeps its id, because a new id would mean a replacement. */
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
 * Sends a response over HTTP without a content type, as the signed URL requires.
 *
 * @param milliseconds - longest time of one try.
 */
export function putOverHttp(milliseconds: number): Put {
  return (url, body) =>
    fetch(url, { method: 'PUT', body, headers: { 'content-type': '' }, signal: AbortSignal.timeout(milliseconds) });
}
