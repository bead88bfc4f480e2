import type { IncomingHttpHeaders } from 'node:http';
import type { Distribution } from '../control/distribution';
import type { ResponseHeaders } from '../control/response-headers-policy';
import type { ViewerRequest } from '../edge/cache-key';
import type { EdgeFunction } from './edge-function';

/** A name with one value or several, as functions see query strings, headers and cookies. */
interface Field {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
  readonly attributes?: string;
}
type Fields = Readonly<Record<string, Field>>;

/** A response that a function made up, or changed. */
export interface FunctionResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Undefined leaves the body as it is. */
  readonly body: Buffer | undefined;
}

/**
 * Runs a viewer-request function: the request as it goes on, or the response that ends it.
 *
 * @throws Error when the function fails.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export function onViewerRequest(
  edgeFunction: EdgeFunction,
  distribution: Distribution,
  request: ViewerRequest,
): { readonly request: ViewerRequest } | { readonly response: FunctionResponse } {
  const answer = asObject(edgeFunction.run(eventOf(distribution, 'viewer-request', request)));
  if ('statusCode' in answer) return { response: responseOf(answer) };
  const path = String(answer['uri']);
  if (!path.startsWith('/')) throw new Error(`${edgeFunction.name}: the uri must begin with a slash, not ${path}`);
  const headers: IncomingHttpHeaders = Object.fromEntries(flat(answer['headers'], ', '));
  const cookies = flat(answer['cookies'], '; ').map(([name, value]) => `${name}=${value}`);
  return {
    request: {
      ...request,
      path,
      query: queryOf(answer['querystring']),
      headers: cookies.length === 0 ? headers : { ...headers, cookie: cookies.join('; ') },
    },
  };
}

/** Runs a viewer-response function. @throws Error when the function fails. */
export function onViewerResponse(
  edgeFunction: EdgeFunction,
  distribution: Distribution,
  request: ViewerRequest,
  status: number,
  headers: ResponseHeaders,
): FunctionResponse {
  const fields = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || name === 'set-cookie' ? [] : [[name, { value: value.toString() }] as const],
  );
  const response = { statusCode: status, statusDescription: '', headers: Object.fromEntries(fields), cookies: {} };
  const answer = asObject(edgeFunction.run({ ...eventOf(distribution, 'viewer-response', request), response }));
  return responseOf({ statusCode: status, ...answer });
}

function eventOf(distribution: Distribution, eventType: string, request: ViewerRequest): object {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined || name === 'cookie' ? [] : [[name, { value: value.toString() }] as const],
  );
  return {
    version: '1.0',
    context: {
      distributionDomainName: distribution.domainName,
      distributionId: distribution.id,
      eventType,
      requestId: `${Date.now()}`,
    },
    viewer: { ip: request.ip },
    request: {
      method: request.method,
      uri: request.path,
      querystring: gathered(request.query.split('&').filter((parameter) => parameter !== '')),
      headers: Object.fromEntries(headers),
      cookies: gathered((request.headers.cookie ?? '').split(/;\s*/).filter((cookie) => cookie !== '')),
    },
  };
}

/** `a=1`, `a=2` become one field of two values. */
function gathered(pairs: readonly string[]): Fields {
  const fields: Record<string, Field> = {};
  for (const pair of pairs) {
    const [name = '', ...rest] = pair.split('=');
    const value = rest.join('=');
    const known = fields[name];
    fields[name] =
      known === undefined
        ? { value }
        : { value: known.value, multiValue: [...(known.multiValue ?? [{ value: known.value }]), { value }] };
  }
  return fields;
}

function responseOf(answer: Readonly<Record<string, unknown>>): FunctionResponse {
  const cookies = Object.entries(asFields(answer['cookies'])).map(
    ([name, { value, attributes }]) => `${name}=${value}${attributes === undefined ? '' : `; ${attributes}`}`,
  );
  return {
    status: Number(answer['statusCode']),
    headers: {
      ...Object.fromEntries(flat(answer['headers'], ', ')),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: bodyOf(answer['body']),
  };
}

function bodyOf(body: unknown): Buffer | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return Buffer.from(body);
  const { data, encoding } = asObject(body);
  return Buffer.from(String(data ?? ''), encoding === 'base64' ? 'base64' : 'utf8');
}

function queryOf(fields: unknown): string {
  // A function may also answer the query string as text.
  if (typeof fields === 'string') return fields;
  return Object.entries(asFields(fields))
    .flatMap(([name, field]) =>
      (field.multiValue ?? [field]).map(({ value }) => (value === '' ? name : `${name}=${value}`)),
    )
    .join('&');
}

function flat(fields: unknown, separator: string): readonly (readonly [string, string])[] {
  return Object.entries(asFields(fields)).map(([name, field]) => [
    name.toLowerCase(),
    (field.multiValue ?? [field]).map(({ value }) => value).join(separator),
  ]);
}

function asFields(value: unknown): Fields {
  if (value === undefined || value === null) return {};
  return Object.fromEntries(
    Object.entries(asObject(value)).map(([name, field]) => {
      const { value: text = '', multiValue, attributes } = asObject(field);
      return [
        name,
        {
          value: String(text),
          ...(Array.isArray(multiValue) && {
            multiValue: multiValue.map((item) => ({ value: String(asObject(item)['value'] ?? '') })),
          }),
          ...(typeof attributes === 'string' && { attributes }),
        },
      ];
    }),
  );
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error(`A function answered ${JSON.stringify(value)}.`);
  return Object.fromEntries(Object.entries(value));
}
