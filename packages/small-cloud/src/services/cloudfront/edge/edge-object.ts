import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import type { Behavior } from '../control/distribution';
import type { ResponseHeaders } from '../control/response-headers-policy';
import { encodings, type ViewerRequest } from './cache-key';
import { compressedEtag, compression, compressor } from './compression';
import { ERROR_PAGE_HEADERS, errorPage } from './error-page';
import { LARGEST_OBJECT, SharedBody } from './shared-body';
import { storedHeaders } from './stored-headers';
import type { Lifetime } from './ttl';

/**
 * A response of an origin, as the edge hands it on. Times are milliseconds of `performance.now()`, so that a clock that is
 * set back makes nothing fresh for longer.
 */
export interface EdgeObject {
  readonly status: number;
  /** Without what is said anew in every response: length, age, and what the edge adds. */
  headers: ResponseHeaders;
  /** A whole body, one that many can read, or one that goes to a single viewer. */
  readonly body: Buffer | SharedBody | Readable;
  /** Bytes of the body, when they are known before its end. */
  readonly length: number | undefined;
  /** Path and query, as an invalidation names them. */
  readonly uri: string;
  /** The `Age` that the origin gave, in seconds. */
  readonly originAgeSeconds: number;
  receivedAt: number;
  freshUntil: number;
  /** What the origin knows this version by; the viewer's tag may be another, weak one. */
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** What the origin said, or the edge in its place. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage | Buffer;
}

/** Makes of an answer what viewers get: compressed where the behaviour wants it, shared where it may be kept. */
export function edgeObject(
  answer: Answer,
  uri: string,
  request: ViewerRequest,
  behavior: Behavior,
  life: Lifetime,
): EdgeObject {
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

/** A response that the edge makes up itself: to refuse, to fail, or because a function says so. */
export function madeObject(status: number, headers: ResponseHeaders, body: Buffer): EdgeObject {
  const moment = { receivedAt: 0, freshUntil: 0, originAgeSeconds: 0, etag: undefined, lastModified: undefined };
  return { status, headers, body, length: body.length, uri: '', ...moment };
}

/** An error page of the edge's own, as if the origin had sent it. */
export function errorAnswer(status: number, sentence: string): Answer {
  const body = errorPage(status, sentence);
  return { status, headers: { ...ERROR_PAGE_HEADERS, 'content-length': String(body.length) }, body };
}

/** What to ask the origin by, whether what is kept is still right; nothing while it is incomplete or an error. */
export function conditions(kept: EdgeObject | undefined): OutgoingHttpHeaders {
  if (kept?.status !== 200 || (isShared(kept.body) && kept.body.whole === undefined)) return {};
  if (kept.etag !== undefined) return { 'if-none-match': kept.etag };
  return kept.lastModified === undefined ? {} : { 'if-modified-since': kept.lastModified };
}

/** Whether many viewers can read a body that is still on its way. */
export function isShared(body: EdgeObject['body']): body is SharedBody {
  return body instanceof SharedBody;
}

/** Bytes of an object's body; undefined while the origin is still sending a body of unknown size. */
export function bodySize({ body, length }: EdgeObject): number | undefined {
  if (Buffer.isBuffer(body)) return length ?? body.length;
  return (isShared(body) ? body.whole?.length : undefined) ?? length;
}

/** An answer that nobody wants: a short one is read to its end, so that the connection can serve again. */
export function discard({ body, headers }: Answer): void {
  if (Buffer.isBuffer(body)) return;
  if (Number(headers['content-length'] ?? 0) < 65_536) body.resume();
  else body.destroy();
}

/** Lets go of a body that only one viewer could have read, and none will. */
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
  // Whoever reads the compressed stream learns of a broken one by its end.
  const source = encoding === undefined ? body : pipeline(body, compressor(encoding), () => {});
  return keepable ? new SharedBody(source) : source;
}
