import { S3Error } from './s3-error';

/** A body that was sent in chunks, and the headers that came after it. */
export interface Unchunked {
  readonly body: Buffer;
  /** Lower-case names. */
  readonly trailers: Readonly<Record<string, string>>;
}

const LINE_END = Buffer.from('\r\n');

/**
 * Undoes `Content-Encoding: aws-chunked`, in which the SDKs send a stream with its checksum in a trailer. Chunk
 * signatures are skipped: on loopback there is nothing to prove.
 *
 * @throws S3Error IncompleteBody when the chunks do not add up.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function unchunked(encoded: Buffer): Unchunked {
  const parts: Buffer[] = [];
  let position = 0;
  const line = (): string => {
    const end = encoded.indexOf(LINE_END, position);
    if (end === -1) throw incomplete();
    const text = encoded.toString('latin1', position, end);
    position = end + LINE_END.length;
    return text;
  };
  for (;;) {
    const digits = line().split(';')[0] ?? '';
    if (!/^[0-9a-f]+$/i.test(digits)) throw incomplete();
    const size = Number.parseInt(digits, 16);
    if (size === 0) break;
    parts.push(encoded.subarray(position, position + size));
    position += size + LINE_END.length;
  }
  const trailers: Record<string, string> = {};
  while (position < encoded.length) {
    const [name = '', ...value] = line().split(':');
    if (name !== '') trailers[name.trim().toLowerCase()] = value.join(':').trim();
  }
  return { body: Buffer.concat(parts), trailers };
}

function incomplete(): S3Error {
  return new S3Error(400, 'IncompleteBody', 'The request body terminated unexpectedly');
}
