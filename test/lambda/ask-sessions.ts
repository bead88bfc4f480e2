import { expect } from '@jest/globals';
import type { UrlEvent } from '../../lambda/shared/function-url';
import { type Link, writeLink } from '../../lambda/shared/viewers/link';
import { session } from '../../lambda/viewer-sessions/handler';
import type { AccessRules } from '../../lambda/viewer-sessions/surroundings';
import { BEGUN, FakeSessions, LINK_SECRET } from './fake-viewers';

/** The rules of these tests: two private channels, one of them for groups. */
export const RULES: AccessRules = {
  channels: { main: {}, gold: { groups: ['gold', 'staff'] } },
  tokenMinutes: 10,
  sessionHours: 12,
  maxSessions: 2,
  whenFull: 'ask',
};
/** The life of a session, in seconds. */
export const HOURS_12 = 12 * 3600;
/** The key that signs. */
export const KEY = { kid: 'k1', secret: Buffer.alloc(32, 7) };
const AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';

/** Makes the surroundings of a stack with two viewers, whose access tokens are their names. */
export function stack(rules: Partial<AccessRules> = {}): FakeSessions {
  const made = new FakeSessions({ ...RULES, ...rules });
  made.viewers.set('anna', { subject: 'sub-a', name: 'anna@example.com', groups: [] });
  made.viewers.set('gold', { subject: 'sub-g', name: 'gold@example.com', groups: ['gold'] });
  return made;
}

/** Sends a request as CloudFront passes it on, and reads the answer. */
export async function post(path: string, headers: Record<string, string>, around: FakeSessions) {
  const [rawPath = '', query = ''] = path.split('?');
  const event: UrlEvent = {
    rawPath,
    queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
    headers: {
      'user-agent': AGENT,
      'cloudfront-viewer-country': 'DE',
      'cloudfront-viewer-address': '203.0.113.7:4711',
      ...headers,
    },
    requestContext: { http: { method: 'POST' } },
  };
  const { statusCode, body, headers: fields } = await session(event, around);
  expect(fields['cache-control']).toBe('no-store');
  return { statusCode, ...(body === '' ? {} : (JSON.parse(body) as Record<string, unknown>)) };
}

/** Begins a session that must succeed. */
export async function begun(around: FakeSessions, query = 'channel=main', headers: Record<string, string> = {}) {
  const answer = (await post(`/api/session?${query}`, { 'x-viewer-token': 'anna', ...headers }, around)) as unknown as {
    readonly statusCode: number;
    readonly sid: string;
    readonly base: string;
    readonly expiresAt: number;
    readonly renewAfterSeconds: number;
  };
  expect(answer.statusCode).toBe(200);
  return { ...answer, token: answer.base.replace('/s/', '') };
}

/** A session that has begun. */
export type Begun = Awaited<ReturnType<typeof begun>>;

/** Renews a session. */
export function renew(
  { sid, token }: Pick<Begun, 'sid' | 'token'>,
  around: FakeSessions,
  headers: Record<string, string> = {},
) {
  return post(`/api/session/${sid}/renew`, { 'x-viewer-session': token, 'x-viewer-token': 'anna', ...headers }, around);
}

/** Ends a session. */
export const end = ({ sid, token }: Begun, around: FakeSessions) =>
  post(`/api/session/${sid}/end`, { 'x-viewer-session': token }, around);

/** Writes a link to the channel main. */
export const link = (claims: Partial<Link> = {}, secret = LINK_SECRET) =>
  writeLink({ jti: 'link-1', ch: ['main'], exp: BEGUN + 3600, once: false, ...claims }, secret);

/** Begins a session with a link. */
export const byLink = (text: string, around: FakeSessions, query = 'channel=main') =>
  post(`/api/session?${query}`, { 'x-viewer-link': text }, around);
