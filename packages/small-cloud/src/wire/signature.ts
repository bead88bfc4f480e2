import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Unchunked } from './aws-chunked';

/** The parts of a request that a signature covers. */
export interface SignedParts {
  readonly method: string;
  /** Path as sent: percent-encoded, without the query. */
  readonly path: string;
  /** Query as sent, without the `?`. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The elements of a signature of version 4. */
export interface Signing {
  /** `20261123T101112Z` */
  readonly time: string;
  /** `20261123/eu-west-1/s3/aws4_request` */
  readonly scope: string;
  /** Lower-case names. */
  readonly signedHeaders: readonly string[];
  /** The payload's hash in hex, or a word such as `UNSIGNED-PAYLOAD`. */
  readonly payload: string;
}

const EMPTY_HASH = hash('');

/**
 * Computes the signature of a request with a secret key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signature(parts: SignedParts, signing: Signing, secret: string): string {
  const { time, scope } = signing;
  return sign(signingKey(secret, scope), ['AWS4-HMAC-SHA256', time, scope, hash(canonicalRequest(parts, signing))]);
}

/** Writes a request in the one form that its sender and its receiver hash. */
export function canonicalRequest(parts: SignedParts, { signedHeaders, payload, scope }: Signing): string {
  return [
    parts.method,
    canonicalPath(parts.path, scope),
    canonicalQuery(parts.query),
    ...signedHeaders.map((name) => `${name}:${(parts.headers[name] ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    payload,
  ].join('\n');
}

/**
 * Returns true if every chunk of a body has the signature that follows from the one before it, and so has a signed
 * trailer.
 *
 * @param seed - the signature of the request itself.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function areSigned({ chunks, trailers }: Unchunked, seed: string, signing: Signing, secret: string): boolean {
  const { time, scope, payload } = signing;
  const key = signingKey(secret, scope);
  let previous = seed;
  for (const { data, signature: given = '' } of chunks) {
    const own = sign(key, ['AWS4-HMAC-SHA256-PAYLOAD', time, scope, previous, EMPTY_HASH, hash(data)]);
    if (!equal(own, given)) return false;
    previous = own;
  }
  if (!payload.endsWith('-TRAILER')) return true;
  const { 'x-amz-trailer-signature': given = '', ...signed } = trailers;
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  return equal(sign(key, ['AWS4-HMAC-SHA256-TRAILER', time, scope, previous, hash(lines.join(''))]), given);
}

/** Compares two signatures, in a time that does not depend on where they differ. */
export function equal(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hash(one)), Buffer.from(hash(other)));
}

/** Computes a SHA-256 in hex. */
export function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function sign(key: Buffer, lines: readonly string[]): string {
  return hmac(key, lines.join('\n')).toString('hex');
}

function signingKey(secret: string, scope: string): Buffer {
  return scope.split('/').reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
}

function hmac(key: Buffer, content: string): Buffer {
  return createHmac('sha256', key).update(content).digest();
}

/** Normalises a path. S3 takes it as sent; all others remove `.`, `..` and empty segments, and encode it again. */
function canonicalPath(path: string, scope: string): string {
  if (scope.split('/').at(-2) === 's3') return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.map(encoded).join('/')}${end}`;
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '' && !pair.startsWith('X-Amz-Signature='))
    .map((pair) => {
      const cut = pair.indexOf('=');
      const [name, value] = cut < 0 ? [pair, ''] : [pair.slice(0, cut), pair.slice(cut + 1)];
      return [encoded(decoded(name)), encoded(decoded(value))] as const;
    })
    .sort(([one, first], [other, second]) => compare(one, other) || compare(first, second))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

/** Decodes a part of a query. One with broken encoding stays as it is: no signature fits it. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
