import type { UrlEvent } from '../shared/function-url';

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
