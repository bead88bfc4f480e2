import type { ApiRequest } from '../../contract';
import { unchunked } from '../../wire/aws-chunked';
import { AwsError } from '../kit/aws-error';
import { type Checksum, verified } from '../kit/objects/checksum';
import { notImplemented } from '../kit/objects/s3-error';

/** Headers of PutObject that are kept and sent back. */
const KEPT_HEADERS = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'];

/** Headers of PutObject that change nothing with these values. */
const HARMLESS_HEADERS: Readonly<Record<string, readonly string[]>> = {
  'x-amz-acl': ['private', 'bucket-owner-full-control'],
  'x-amz-server-side-encryption': ['AES256', 'aws:kms'],
  'x-amz-storage-class': ['STANDARD'],
};

/** Headers of CopyObject alone, with the values that are modelled; any value without a list. */
const COPY_HEADERS: Readonly<Record<string, readonly string[] | undefined>> = {
  'x-amz-copy-source': undefined,
  'x-amz-copy-source-if-match': undefined,
  'x-amz-metadata-directive': ['COPY', 'REPLACE'],
  // No object has tags.
  'x-amz-tagging-directive': ['COPY'],
};

/** Headers that any signed request may have. */
const COMMON_HEADERS =
  /^x-amz-(date|content-sha256|security-token|user-agent|sdk-checksum-algorithm|checksum-.*|decoded-content-length|trailer|meta-.*|expected-bucket-owner)$/;

/** @throws AwsError NotImplemented for a header that asks for something that is not modelled. */
export function onlyKnownHeaders(request: ApiRequest): void {
  const copies = request.headers['x-amz-copy-source'] !== undefined;
  for (const [header, value] of Object.entries(request.headers)) {
    if (value === undefined || !header.startsWith('x-amz-') || COMMON_HEADERS.test(header)) continue;
    if (copies && header in COPY_HEADERS && COPY_HEADERS[header]?.includes(value) !== false) continue;
    if (HARMLESS_HEADERS[header]?.includes(value) !== true) throw notImplemented(`${header}: ${value}`);
  }
}

/** Reads the body of a request out of its chunks, and verifies it by the checksum that came with it. */
export function sentBody(request: ApiRequest): { readonly body: Buffer; readonly checksum: Checksum | undefined } {
  const chunked =
    encodingsOf(request).includes('aws-chunked') || request.headers['x-amz-decoded-content-length'] !== undefined;
  const sent = chunked ? unchunked(request.body) : { body: request.body, trailers: {} };
  if (sent === undefined) throw new AwsError('IncompleteBody', 'The request body terminated unexpectedly');
  const { body, trailers } = sent;
  return { body, checksum: verified(body, { ...request.headers, ...trailers }) };
}

/** The headers that are kept with an object and sent back with it. */
export function keptHeaders(request: ApiRequest): Readonly<Record<string, string>> {
  const headers: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const [header, value] of Object.entries(request.headers)) {
    if (value !== undefined && (KEPT_HEADERS.includes(header) || header.startsWith('x-amz-meta-'))) {
      headers[header] = value;
    }
  }
  const encoding = encodingsOf(request)
    .filter((name) => name !== 'aws-chunked' && name !== '')
    .join(', ');
  return encoding === '' ? headers : { ...headers, 'content-encoding': encoding };
}

function encodingsOf(request: ApiRequest): readonly string[] {
  return (request.headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
}
