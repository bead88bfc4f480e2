import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import type { Behavior } from '../control/distribution';
import type { ResponseHeaders, ViewerRequest } from '../messages';
import { encodings } from './cache-key';
import { compressedEtag, compression, compressor } from './compression';
import { ERROR_PAGE_HEADERS, errorPage } from './error-page';
import { LARGEST_OBJECT, SharedBody } from './shared-body';
import { storedHeaders } from './stored-headers';
import type { Lifetime } from './ttl';

/**
 * A response of an origin, ready for viewers. Times are milliseconds of `performance.now()`, so that no object stays
 * fresh for longer when the clock is set back.
 */
export interface EdgeObject {
  readonly status: number;
  /** Headers, without those that every response gets anew: length, age, and the edge's own. */
  headers: ResponseHeaders;
  /** A whole body, one for many readers, or one for a single viewer. */
  readonly body: Buffer | SharedBody | Readable;
  /** Length of the body in bytes; undefined until its end when the origin does not declare it. */
  readonly length: number | undefined;
  /** Path and query, to be matched by invalidations. */
  readonly uri: string;
  /** The origin's `Age`, in seconds. */
  readonly originAgeSeconds: number;
  receivedAt: number;
  freshUntil: number;
  /** The origin's tag of this version. The viewer's tag may be a weak one. */
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** Answer of the origin, or of the edge in its place. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable | Buffer;
}

/** The request that an answer belongs to, and the answer's lifetime. */
export interface AnswerContext {
  readonly uri: string;
  readonly request: ViewerRequest;
  readonly behavior: Behavior;
  readonly life: Lifetime;
}

/** Converts an answer for viewers: compressed when the behaviour says so, shared when it may be kept. */
export function edgeObject(answer: Answer, { uri, request, behavior, life }: AnswerContext): EdgeObject {
  const now = performance.now();
  const { status, headers: received } = answer;
  const length = received['content-length'] === undefined ? undefined : Number(received['content-length']);
  const headers = storedHeaders(received, behavior);
  const accepted = encodings(request.headers['accept-encoding'], behavior.cachePolicy);
  const encoding = behavior.compress && request.method === 'GET' ? compression(status, received, accepted) : undefined;
  if (encoding !== undefined) {
    headers['content-encoding'] = encoding;
    headers['etag'] = compressedEtag(received.etag);
    headers['vary'] = headers['vary'] === undefined ? 'Accept-Encoding' : `${headers['vary']}, Accept-Encoding`;
  }
  const keepable = life.store && !(length !== undefined && length > LARGEST_OBJECT);
  return {
    status,
    headers,
    body: bodyOf(answer, encoding, request.method, keepable),
    length: encoding === undefined ? length : undefined,
    uri,
    originAgeSeconds: Number(received.age ?? 0) || 0,
    receivedAt: now,
    freshUntil: now + life.seconds * 1000,
    etag: received.etag,
    lastModified: received['last-modified'],
  };
}

/** Builds an object from a response of the edge itself: a refusal, a failure, or a function's response. */
export function madeObject(status: number, headers: ResponseHeaders, body: Buffer): EdgeObject {
  const moment = { receivedAt: 0, freshUntil: 0, originAgeSeconds: 0, etag: undefined, lastModified: undefined };
  return { status, headers, body, length: body.length, uri: '', ...moment };
}

/** Builds an answer with the edge's own error page, in place of the origin's. */
export function errorAnswer(status: number, sentence: string): Answer {
  const body = errorPage(status, sentence);
  return { status, headers: { ...ERROR_PAGE_HEADERS, 'content-length': String(body.length) }, body };
}

/** Builds the conditional headers for a kept object; none for one that is incomplete or an error. */
export function conditions(kept: EdgeObject | undefined): OutgoingHttpHeaders {
  if (kept?.status !== 200 || (isShared(kept.body) && kept.body.whole === undefined)) return {};
  if (kept.etag !== undefined) return { 'if-none-match': kept.etag };
  return kept.lastModified === undefined ? {} : { 'if-modified-since': kept.lastModified };
}

/** Returns true for a body that many viewers can read while it arrives. */
export function isShared(body: EdgeObject['body']): body is SharedBody {
  return body instanceof SharedBody;
}

/** Returns true for an object whose body can be kept. */
export function isKeepable({ body }: EdgeObject): boolean {
  return Buffer.isBuffer(body) || isShared(body);
}

/** Returns true for an object that may be served without asking the origin. */
export function isFresh(object: EdgeObject | undefined, now: number): object is EdgeObject {
  return object !== undefined && now < object.freshUntil;
}

/** Returns the size of an object's body in bytes; undefined while a body of unknown size is arriving. */
export function bodySize({ body, length }: EdgeObject): number | undefined {
  if (Buffer.isBuffer(body)) return length ?? body.length;
  return (isShared(body) ? body.whole?.length : undefined) ?? length;
}

/** Discards an answer. A short one is read to its end, so that the connection can be used again. */
export function discard({ body, headers }: Answer): void {
  if (Buffer.isBuffer(body)) return;
  if (Number(headers['content-length'] ?? 0) < 65_536) body.resume();
  else body.destroy();
}

/** Closes a body for a single viewer that no viewer will read. */
export function release({ body }: EdgeObject): void {
  if (!Buffer.isBuffer(body) && !isShared(body)) body.destroy();
}

function bodyOf(
  { body, status }: Answer,
  encoding: 'br' | 'gzip' | undefined,
  method: string,
  keepable: boolean,
): EdgeObject['body'] {
  if (Buffer.isBuffer(body)) return body;
  if (method === 'HEAD' || status === 204 || status === 304) {
    body.resume();
    return Buffer.alloc(0);
  }
  // The reader of the compressed stream sees its end, so the callback has nothing to do.
  const source = encoding === undefined ? body : pipeline(body, compressor(encoding), () => {});
  return keepable ? new SharedBody(source) : source;
}
