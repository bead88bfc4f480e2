import { createHash, randomBytes } from 'node:crypto';
import { AwsError } from '../kit/aws-error';

/** An upload in parts that is not complete yet. */
export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  /** Headers to keep with the object. */
  readonly headers: Readonly<Record<string, string>>;
  /** By number. They are joined in the order of their numbers. */
  readonly parts: Map<number, Part>;
}

/** One part of an upload. */
export interface Part {
  readonly body: Buffer;
  /** MD5 in quotes. */
  readonly etag: string;
}

/** Every part but the last has at least this many bytes. */
const LEAST_PART_BYTES = 5 * 1024 * 1024;

/**
 * Uploads in parts, in memory until they are complete.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
export class Uploads {
  private readonly uploads = new Map<string, Upload>();

  begin(bucket: string, key: string, headers: Readonly<Record<string, string>>): Upload {
    const upload = { id: randomBytes(24).toString('hex'), bucket, key, headers, parts: new Map<number, Part>() };
    this.uploads.set(upload.id, upload);
    return upload;
  }

  /** @throws AwsError NoSuchUpload. */
  get(id: string, bucket: string, key: string): Upload {
    const upload = this.uploads.get(id);
    if (upload !== undefined && upload.bucket === bucket && upload.key === key) return upload;
    const rule = 'The upload ID may be invalid, or the upload may have been aborted or completed.';
    throw new AwsError('NoSuchUpload', `The specified upload does not exist. ${rule}`, 404);
  }

  end(id: string): void {
    this.uploads.delete(id);
  }
}

/** Keeps one part. @throws AwsError InvalidArgument for a number that is not valid. */
export function addPart(upload: Upload, number: number, body: Buffer): Part {
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw new AwsError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  }
  const part = { body, etag: `"${createHash('md5').update(body).digest('hex')}"` };
  upload.parts.set(number, part);
  return part;
}

/**
 * Makes the whole body of an upload and its entity tag: the MD5 of the parts' MD5s, with their number.
 *
 * @param wanted - number and entity tag of every part, as the caller lists them.
 * @throws AwsError InvalidPart, InvalidPartOrder, EntityTooSmall.
 */
export function joined(
  { parts }: Upload,
  wanted: readonly { readonly number: number; readonly etag: string }[],
): { readonly body: Buffer; readonly etag: string } {
  const chosen = wanted.map(({ number, etag }, index) => {
    if (number <= (wanted[index - 1]?.number ?? 0)) {
      throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    const part = parts.get(number);
    if (part === undefined || part.etag.replaceAll('"', '') !== etag.replaceAll('"', '')) {
      throw new AwsError('InvalidPart', 'One or more of the specified parts could not be found.');
    }
    return part.body;
  });
  if (chosen.length === 0) throw new AwsError('MalformedXML', 'You must specify at least one part');
  if (chosen.slice(0, -1).some(({ length }) => length < LEAST_PART_BYTES)) {
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  const digests = Buffer.concat(chosen.map((body) => createHash('md5').update(body).digest()));
  const etag = `"${createHash('md5').update(digests).digest('hex')}-${chosen.length}"`;
  return { body: Buffer.concat(chosen), etag };
}
