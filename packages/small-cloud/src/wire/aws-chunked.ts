/** One chunk of a body, and its signature. */
export interface Chunk {
  readonly data: Buffer;
  /** Undefined in a body whose chunks are not signed. */
  readonly signature: string | undefined;
}

/** A body that was sent in chunks, and the headers after it. */
export interface Unchunked {
  readonly body: Buffer;
  /** All chunks, including the empty last one. */
  readonly chunks: readonly Chunk[];
  /** Lower-case names, in the order in which they were sent. */
  readonly trailers: Readonly<Record<string, string>>;
}

const LINE_END = Buffer.from('\r\n');

/**
 * Decodes `Content-Encoding: aws-chunked`, in which the SDKs send a stream with its checksum in a trailer.
 *
 * @returns undefined when the chunks do not add up.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function unchunked(encoded: Buffer): Unchunked | undefined {
  const chunks: Chunk[] = [];
  let position = 0;
  const line = (): string | undefined => {
    const end = encoded.indexOf(LINE_END, position);
    if (end === -1) return undefined;
    const text = encoded.toString('latin1', position, end);
    position = end + LINE_END.length;
    return text;
  };
  for (;;) {
    const [, digits, signature] = /^([0-9a-f]+)(?:;chunk-signature=([0-9a-f]+))?(?:;.*)?$/i.exec(line() ?? '') ?? [];
    if (digits === undefined) return undefined;
    const size = Number.parseInt(digits, 16);
    chunks.push({ data: encoded.subarray(position, position + size), signature });
    if (size === 0) break;
    position += size + LINE_END.length;
  }
  const trailers: Record<string, string> = {};
  while (position < encoded.length) {
    const text = line();
    if (text === undefined) return undefined;
    const [name = '', ...value] = text.split(':');
    if (name !== '') trailers[name.trim().toLowerCase()] = value.join(':').trim();
  }
  return { body: Buffer.concat(chunks.map(({ data }) => data)), chunks, trailers };
}
