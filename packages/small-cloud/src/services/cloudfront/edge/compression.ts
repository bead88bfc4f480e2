import type { IncomingHttpHeaders } from 'node:http';
import type { Transform } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import type { Encodings } from './cache-key';

/** Sizes of responses that CloudFront compresses, in bytes, both included. */
const SIZES = { smallest: 1_000, largest: 10_000_000 } as const;

/** Media types that CloudFront compresses. */
const TYPES = new Set(
  `application/dash+xml application/eot application/font application/font-sfnt application/javascript application/json
  application/opentype application/otf application/pdf application/pkcs7-mime application/protobuf application/rss+xml
  application/truetype application/ttf application/vnd.apple.mpegurl application/vnd.mapbox-vector-tile
  application/vnd.ms-fontobject application/wasm application/xhtml+xml application/xml application/x-font-opentype
  application/x-font-truetype application/x-font-ttf application/x-httpd-cgi application/x-javascript
  application/x-mpegurl application/x-opentype application/x-otf application/x-perl application/x-ttf font/eot
  font/opentype font/otf font/ttf image/svg+xml text/css text/csv text/html text/javascript text/js text/plain
  text/richtext text/tab-separated-values text/xml text/x-component text/x-java-source text/x-script
  vnd.apple.mpegurl`.split(/\s+/),
);

/**
 * Selects the encoding in which CloudFront sends a response of the origin; undefined to send it as it is. Brotli has
 * precedence over gzip.
 *
 * @param accepted - encodings that both the viewer accepts and the cache policy enables.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
 */
export function compression(
  status: number,
  headers: IncomingHttpHeaders,
  accepted: Encodings,
): 'br' | 'gzip' | undefined {
  if (accepted === undefined || !(status === 200 || status === 403 || status === 404)) return undefined;
  const size = Number(headers['content-length'] ?? Number.NaN);
  if (!(size >= SIZES.smallest && size <= SIZES.largest) || headers['content-encoding'] !== undefined) return undefined;
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!TYPES.has(type)) return undefined;
  return accepted === 'gzip' ? 'gzip' : 'br';
}

/** Creates a compressor at a level that keeps up with a live stream. */
export function compressor(encoding: 'br' | 'gzip'): Transform {
  if (encoding === 'gzip') return createGzip();
  return createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}

/** Converts the tag of a compressed response: a strong one becomes weak, an invalid one is dropped. */
export function compressedEtag(etag: string | undefined): string | undefined {
  if (etag === undefined || etag.startsWith('W/')) return etag;
  return etag.startsWith('"') ? `W/${etag}` : undefined;
}
