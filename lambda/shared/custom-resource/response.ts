import type { CloudFormationCustomResourceResponse } from 'aws-lambda';

/**
 * Largest response that CloudFormation accepts.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
const MOST_BYTES = 4096;

/**
 * Writes a response so that CloudFormation accepts it. A reason that is too long is cut. Attributes that are too long
 * become a failure with a sentence.
 */
export function responseBody(response: CloudFormationCustomResourceResponse): string {
  const body = JSON.stringify(response);
  if (size(body) <= MOST_BYTES) return body;
  if (response.Status === 'SUCCESS') {
    const { Data: _, ...rest } = response;
    const Reason = `The attributes of the resource make a response of ${size(body)} bytes; CloudFormation takes ${MOST_BYTES}`;
    return responseBody({ ...rest, Status: 'FAILED', Reason });
  }
  const characters = [...(response.Reason ?? '')];
  while (characters.length > 0) {
    characters.length = Math.floor(characters.length * 0.9);
    const cut = JSON.stringify({ ...response, Reason: `${characters.join('')}…` });
    if (size(cut) <= MOST_BYTES) return cut;
  }
  return body;
}

/**
 * Explains a failure to the person who reads the stack's events: the name of the service's error, then its message. A
 * bug in the function is described differently.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `The function failed: ${String(error)}`;
  if (
    error instanceof TypeError ||
    error instanceof SyntaxError ||
    error instanceof ReferenceError ||
    error instanceof RangeError
  ) {
    return `The function failed because of a mistake in it; its log has the details. It says: ${error.message}`;
  }
  return error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
}

function size(text: string): number {
  return Buffer.byteLength(text);
}
