import type { IncomingHttpHeaders } from 'node:http';
import type { ResponseHeaders } from '../messages';

/** Headers that functions neither see nor may add. */
const DISALLOWED =
  /^(connection|expect|keep-alive|proxy-(authenticate|authorization|connection)|trailer|upgrade|x-accel-(buffering|charset|limit-rate|redirect)|x-amz-cf-.*|x-amzn-(auth|cf-billing|cf-id|cf-xff|errortype|fle-profile|header-count|header-order|lambda-integration-tag|requestid)|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$/;

/** Headers that functions see and may not change, by their event. */
const READ_ONLY = {
  'viewer-request': ['cdn-loop', 'content-length', 'host', 'transfer-encoding', 'via'],
  'viewer-response': ['warning', 'via'],
} as const;

/** Events on which functions run. */
export type FunctionEventType = keyof typeof READ_ONLY;

/** Longest URI, with its query string, that a function may answer, in characters. */
const LONGEST_URI = 8192;

/** An answer of a function that CloudFront does not take. Viewers get 502. */
export class InvalidAnswerError extends Error {
  override readonly name = 'InvalidAnswerError';
}

/** Selects the headers that a function sees. */
export function visible<T extends IncomingHttpHeaders | ResponseHeaders>(headers: T): Partial<T> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !DISALLOWED.test(name))) as Partial<T>;
}

/** Selects the headers that stay as they are, whatever a function answers. */
export function kept<T extends IncomingHttpHeaders | ResponseHeaders>(
  event: FunctionEventType,
  headers: T,
): Partial<T> {
  const readOnly: readonly string[] = READ_ONLY[event];
  const entries = Object.entries(headers).filter(([name]) => DISALLOWED.test(name) || readOnly.includes(name));
  return Object.fromEntries(entries) as Partial<T>;
}

/**
 * Checks the headers that a function answered with.
 *
 * @param before - the headers before the function; none for a response that it made.
 * @throws InvalidAnswerError for a header that functions may not add, and for a changed one that they may only read.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html#function-restrictions-headers
 */
export function checkHeaders(
  event: FunctionEventType,
  answered: Readonly<Record<string, unknown>>,
  before: IncomingHttpHeaders | ResponseHeaders,
): void {
  const added = Object.keys(answered).find((name) => DISALLOWED.test(name));
  if (added !== undefined) throw new InvalidAnswerError(`the header ${added} was answered; functions may not add it`);
  const changed = READ_ONLY[event].find((name) => name in answered && String(answered[name]) !== String(before[name]));
  if (changed === undefined) return;
  throw new InvalidAnswerError(`the header ${changed} was changed; on ${event} functions may only read it`);
}

/**
 * Checks the path and the query string that a function answered with.
 *
 * @throws InvalidAnswerError for what no request can have.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html#function-restrictions-query-strings
 */
export function checkUri(path: string, query: string): void {
  if (!path.startsWith('/')) throw new InvalidAnswerError(`the uri ${path} was returned; it must begin with a slash`);
  const length = path.length + query.length + 1;
  if (length > LONGEST_URI) {
    throw new InvalidAnswerError(`a uri of ${length} characters was returned; at most ${LONGEST_URI} are accepted`);
  }
  if (/[\s#\p{Cc}]/u.test(query)) {
    throw new InvalidAnswerError('the query string has a space, a control character or a #; encode it');
  }
}
