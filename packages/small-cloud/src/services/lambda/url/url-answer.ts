import type { OutgoingHttpHeaders } from 'node:http';
import { isList, isObject, type Properties, type Value } from '../../../contract';
import type { InvocationResult } from '../invocation';

/** The answer to a request of a function URL. */
export interface UrlAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Buffer;
}

/** Lambda's limit for the events and the answers of synchronous invocations: 6 MB. */
export const PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024;

const JSON_TYPE = 'application/json';

/** Headers of the connection, which a function cannot set. */
const CONNECTION = /^(connection|content-length|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

/**
 * Makes the answer of a function URL from the result of its function. JSON without a `statusCode` is a body of its own,
 * with status 200. A function that fails, answers more than 6 MB, or answers in another form than payload format 2.0 is a
 * 502.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export function urlAnswer(result: InvocationResult): UrlAnswer {
  if ('functionError' in result) return badGateway();
  const { payload } = result;
  const text = JSON.stringify(payload);
  if (Buffer.byteLength(text) > PAYLOAD_LIMIT_BYTES) return badGateway();
  if (!isObject(payload) || payload['statusCode'] === undefined) {
    const body = typeof payload === 'string' ? payload : text;
    return { status: 200, headers: { 'content-type': JSON_TYPE }, body };
  }
  return statedAnswer(payload) ?? badGateway();
}

/** Makes an answer of Lambda itself: `{"Message":"…"}`. */
export function refusal(status: number, code: string, body: Readonly<Record<string, string>>): UrlAnswer {
  return { status, headers: { 'content-type': JSON_TYPE, 'x-amzn-errortype': code }, body: JSON.stringify(body) };
}

/** Reads an answer in payload format 2.0; undefined when it has another form. */
function statedAnswer(payload: Properties): UrlAnswer | undefined {
  const { headers = {}, cookies = [], body = '', isBase64Encoded = false } = payload;
  const status = Number(payload['statusCode']);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (!isObject(headers) || !isList(cookies) || typeof body !== 'string') return undefined;
  const sent: OutgoingHttpHeaders = { 'content-type': JSON_TYPE };
  for (const [name, value] of Object.entries(headers)) {
    if (!CONNECTION.test(name.toLowerCase())) sent[name.toLowerCase()] = headerText(value);
  }
  if (cookies.length > 0) sent['set-cookie'] = cookies.map(String);
  return { status, headers: sent, body: isBase64Encoded === true ? Buffer.from(body, 'base64') : body };
}

function headerText(value: Value): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function badGateway(): UrlAnswer {
  return { status: 502, headers: { 'content-type': 'text/plain' }, body: 'Internal Server Error' };
}
