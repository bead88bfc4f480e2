import type { IncomingHttpHeaders } from 'node:http';
import { ORIGIN_ACCESS, type Properties } from '../../../contract';
import type { FunctionUrl } from './function-url';

/** One request to a function URL. */
export interface UrlRequest {
  readonly url: FunctionUrl;
  readonly method: string;
  /** Path as it was sent, with its leading `/`. */
  readonly path: string;
  /** Query as it was sent, without `?`. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** The moment and the identity of a request. */
export interface UrlRequestFacts {
  readonly requestId: string;
  readonly accountId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Media types whose bodies are passed on as text. Every other body is encoded in base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml)\b|[^;]*\+(json|xml)\b)/i;

/** Headers that the function does not see: the local proof of the edge, and what has a member of its own. */
const HIDDEN = new Set<string>([ORIGIN_ACCESS.principal, ORIGIN_ACCESS.source, 'authorization', 'cookie']);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Makes the event of a request, in payload format 2.0. The caller's identity (`requestContext.authorizer`) is left out,
 * because the local run has no signature to take it from.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-request-payload
 */
export function urlEvent(request: UrlRequest, facts: UrlRequestFacts): Properties {
  const { url, path, query, headers } = request;
  const event: Record<string, Properties[string]> = {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: { ...shownHeaders(headers), host: url.domainName },
    requestContext: requestContext(request, facts),
    isBase64Encoded: false,
  };
  const cookies = (headers.cookie ?? '').split(/;\s*/).filter((cookie) => cookie !== '');
  if (cookies.length > 0) event['cookies'] = cookies;
  if (query !== '') event['queryStringParameters'] = queryParameters(query);
  if (request.body.length > 0) Object.assign(event, bodyMembers(request.body, headers['content-type']));
  return event;
}

function requestContext({ url, method, path, headers, sourceIp }: UrlRequest, facts: UrlRequestFacts): Properties {
  return {
    accountId: url.authType === 'NONE' ? 'anonymous' : facts.accountId,
    apiId: url.id,
    domainName: url.domainName,
    domainPrefix: url.id,
    http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? '' },
    requestId: facts.requestId,
    routeKey: '$default',
    stage: '$default',
    time: logTime(new Date(facts.now)),
    timeEpoch: facts.now,
  };
}

/** Joins the values of a repeated header with commas. */
function shownHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || HIDDEN.has(name) ? [] : [[name, [value].flat().join(',')]],
    ),
  );
}

/** Joins the values of a repeated parameter with commas. */
function queryParameters(query: string): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const earlier = values.get(name);
    values.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(values);
}

function bodyMembers(body: Buffer, contentType = ''): Properties {
  const isText = TEXT.test(contentType);
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

/** Writes a time as in an access log: `12/Mar/2020:19:03:58 +0000`. */
function logTime(at: Date): string {
  const [day, clock] = [String(at.getUTCDate()).padStart(2, '0'), at.toISOString().slice(11, 19)];
  return `${day}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${clock} +0000`;
}
