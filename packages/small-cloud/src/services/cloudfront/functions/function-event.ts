import type { IncomingHttpHeaders } from 'node:http';
import type { ResponseHeaders, ViewerRequest } from '../messages';
import type { EdgeFunction } from './edge-function';
import { asFields, asObject, type Fields, gathered, joined, pairs } from './function-fields';
import { checkHeaders, checkUri, kept, visible } from './function-headers';

/** Identity of a distribution in the event of its functions. */
export interface FunctionOwner {
  readonly id: string;
  readonly domainName: string;
}

/** A response that a function created or changed. */
export interface FunctionResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** The new body; undefined to keep the body as it is. */
  readonly body: Buffer | undefined;
}

/** A response on its way to a viewer, and the request that it answers. */
export interface OutgoingResponse {
  readonly request: ViewerRequest;
  readonly status: number;
  readonly headers: ResponseHeaders;
}

/**
 * Runs a viewer-request function. Returns the request to continue with, or the response that answers it.
 *
 * @throws Error when the function fails; InvalidAnswerError when its answer is none that CloudFront takes.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export function onViewerRequest(
  edgeFunction: EdgeFunction,
  owner: FunctionOwner,
  request: ViewerRequest,
): { readonly request: ViewerRequest } | { readonly response: FunctionResponse } {
  const answer = asObject(edgeFunction.run(eventOf(owner, 'viewer-request', request)));
  if ('statusCode' in answer) {
    const response = responseOf(answer);
    checkHeaders('viewer-response', response.headers, {});
    return { response };
  }
  const path = String(answer['uri']);
  const query = queryOf(answer['querystring']);
  checkUri(path, query);
  const headers: IncomingHttpHeaders = Object.fromEntries(joined(answer['headers'], ', '));
  checkHeaders('viewer-request', headers, request.headers);
  Object.assign(headers, kept('viewer-request', request.headers));
  const cookies = joined(answer['cookies'], '; ').map(([name, value]) => `${name}=${value}`);
  if (cookies.length > 0) headers.cookie = cookies.join('; ');
  return { request: { ...request, path, query, headers } };
}

/** Runs a viewer-response function. @throws Error when the function fails. */
export function onViewerResponse(
  edgeFunction: EdgeFunction,
  owner: FunctionOwner,
  { request, status, headers }: OutgoingResponse,
): FunctionResponse {
  const response = {
    statusCode: status,
    statusDescription: '',
    headers: headerFields(headers, 'set-cookie'),
    cookies: {},
  };
  const answer = asObject(edgeFunction.run({ ...eventOf(owner, 'viewer-response', request), response }));
  const changed = responseOf({ statusCode: status, ...answer });
  checkHeaders('viewer-response', changed.headers, headers);
  return { ...changed, headers: { ...changed.headers, ...kept('viewer-response', headers) } };
}

function eventOf(owner: FunctionOwner, eventType: string, request: ViewerRequest): object {
  return {
    version: '1.0',
    context: {
      distributionDomainName: owner.domainName,
      distributionId: owner.id,
      eventType,
      requestId: `${Date.now()}`,
    },
    viewer: { ip: request.ip },
    request: {
      method: request.method,
      uri: request.path,
      querystring: gathered(request.query.split('&').filter((parameter) => parameter !== '')),
      headers: headerFields(request.headers, 'cookie'),
      cookies: gathered((request.headers.cookie ?? '').split(/;\s*/).filter((cookie) => cookie !== '')),
    },
  };
}

/** Lists headers as fields. Cookies have fields of their own, so their header is left out. */
function headerFields(headers: ResponseHeaders | IncomingHttpHeaders, cookieHeader: string): Fields {
  const fields: Record<string, { readonly value: string }> = {};
  for (const [name, value] of Object.entries(visible(headers))) {
    if (value !== undefined && name !== cookieHeader) fields[name] = { value: value.toString() };
  }
  return fields;
}

function responseOf(answer: Readonly<Record<string, unknown>>): FunctionResponse {
  const headers: ResponseHeaders = Object.fromEntries(joined(answer['headers'], ', '));
  const cookies = Object.entries(asFields(answer['cookies'])).map(
    ([name, { value, attributes }]) => `${name}=${value}${attributes === undefined ? '' : `; ${attributes}`}`,
  );
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  return { status: Number(answer['statusCode']), headers, body: bodyOf(answer['body']) };
}

function bodyOf(body: unknown): Buffer | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return Buffer.from(body);
  const { data, encoding } = asObject(body);
  return Buffer.from(String(data ?? ''), encoding === 'base64' ? 'base64' : 'utf8');
}

/** Builds a query string. A function may return it as an object of fields or as a string. */
function queryOf(fields: unknown): string {
  if (typeof fields === 'string') return fields;
  return pairs(fields)
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join('&');
}
