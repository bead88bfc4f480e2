import type { UrlEvent } from '../shared/function-url';

/** A request for a place in a room, or of a moderator. */
export type Asked =
  | { readonly act: 'token'; readonly channel: string }
  | {
      readonly act: 'keep-out';
      readonly how: KeptOut;
      readonly channel: string;
      readonly user: string;
      readonly minutes: number;
    };

/** How a user is kept out: `mute` lets him read, `ban` does not. */
export type KeptOut = 'mute' | 'ban';

/** Longest time that somebody is kept out, in minutes: a week. */
const MOST_MINUTES = 7 * 24 * 60;

/** Reads a path and a query. @returns undefined for anything else. */
export function readAsked({ rawPath, queryStringParameters: query = {}, requestContext }: UrlEvent): Asked | undefined {
  if (requestContext.http.method !== 'POST') return undefined;
  const channel = query['channel'] ?? '';
  const [, act] = /^\/chat\/(token|mute|ban)$/.exec(rawPath) ?? [];
  if (act === 'token') return { act, channel };
  const user = query['user'] ?? '';
  if ((act !== 'mute' && act !== 'ban') || !isUser(user)) return undefined;
  return { act: 'keep-out', how: act, channel, user, minutes: minutesOf(query['minutes']) };
}

/** Tells whether a string is the id of a user, as the function makes it. */
export function isUser(text: unknown): text is string {
  return typeof text === 'string' && /^[a-z]-[A-Za-z0-9_-]{16}$/.test(text);
}

/** Reads how long somebody is kept out. @default 60 */
export function minutesOf(given: unknown): number {
  const minutes = Number(given ?? 60);
  return Number.isInteger(minutes) && minutes >= 1 ? Math.min(minutes, MOST_MINUTES) : 60;
}
