import type { ApiHandler, ApiRequest, ApiResponse, Properties, Value } from '../../contract';
import { AwsError } from './aws-error';
import { parsedJson } from './json';
import { notModelled } from './not-modelled';
import { PropertyReader } from './property-reader';

/** Performs one operation. The reader holds the input; the result is the output. */
export type JsonOperation = (input: PropertyReader, request: ApiRequest) => Properties | Promise<Properties>;

/** A service that speaks the AWS JSON protocol. */
export interface JsonService {
  /** For messages: `SSM`. */
  readonly name: string;
  /** The part of the target header before the operation: `AmazonSSM`. */
  readonly target: string;
  readonly operations: Readonly<Record<string, JsonOperation>>;
  /** Version of the protocol. @default '1.1' */
  readonly version?: '1.0' | '1.1';
}

/**
 * Makes a handler of the AWS JSON protocol: finds the operation, and answers in JSON.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function jsonHandler({ name, target, operations, version = '1.1' }: JsonService): ApiHandler {
  const headers = { 'content-type': `application/x-amz-json-${version}` };
  return async (request) => {
    const operation = (request.headers['x-amz-target'] ?? '').replace(`${target}.`, '');
    const perform = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (perform === undefined) {
      throw notModelled(`${name} ${operation || '(no X-Amz-Target)'}`, { known: Object.keys(operations) });
    }
    try {
      const output = await perform(new PropertyReader(jsonBody(request), operation), request);
      return { status: 200, headers, body: JSON.stringify(output) };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return errorResponse(error);
    }
  };
}

function errorResponse({ status, code, message, members }: AwsError): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message, ...members }),
  };
}

/** Reads the body of a JSON call; an empty body counts as an empty object. @throws AwsError when it is not JSON. */
export function jsonBody({ body }: Pick<ApiRequest, 'body'>): Value {
  const value = parsedJson(body.toString('utf8') || '{}');
  if (value !== undefined) return value;
  throw new AwsError('SerializationException', 'The body of the request is not JSON; send JSON');
}
