/** A request of a function URL, as far as it is read here. Names of headers are in lower case. */
export interface UrlEvent {
  readonly rawPath: string;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestContext: { readonly http: { readonly method: string } };
}

/** An answer of a function URL. */
export interface UrlAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request for a session. */
export type Asked =
  | { readonly act: 'begin'; readonly channel: string; readonly takeOver: boolean; readonly native: boolean }
  | { readonly act: 'renew' | 'end'; readonly sid: string };

/** Reads a path and a query. @returns undefined for what is no request for a session. */
export function readAsked({ rawPath, queryStringParameters: query = {}, requestContext }: UrlEvent): Asked | undefined {
  if (requestContext.http.method !== 'POST') return undefined;
  if (rawPath === '/api/session') {
    const channel = query['channel'] ?? '';
    return { act: 'begin', channel, takeOver: query['takeover'] === '1', native: query['native'] === '1' };
  }
  const [, sid, act] = /^\/api\/session\/([A-Za-z0-9_-]{16})\/(renew|end)$/.exec(rawPath) ?? [];
  if (sid === undefined || (act !== 'renew' && act !== 'end')) return undefined;
  return { act, sid };
}

/** Writes an answer that no cache keeps. */
export function answer(statusCode: number, body: object): UrlAnswer {
  return {
    statusCode,
    headers: { 'cache-control': 'no-store', 'content-type': 'application/json', 'x-content-type-options': 'nosniff' },
    body: statusCode === 204 ? '' : JSON.stringify(body),
  };
}
