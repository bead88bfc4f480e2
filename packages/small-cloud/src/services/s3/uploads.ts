import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AwsError } from '../kit/aws-error';

/** An upload in parts that is not complete yet. */
export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  /** Headers to keep with the object. */
  readonly headers: Readonly<Record<string, string>>;
  /** Folder of the files of its parts. */
  readonly folder: string;
  /** By number. They are joined in the order of their numbers. */
  readonly parts: Map<number, Part>;
}

/** One part of an upload. */
export interface Part {
  readonly file: string;
  readonly size: number;
  /** MD5 in quotes. */
  readonly etag: string;
}

/** Every part but the last has at least this many bytes. */
const LEAST_PART_BYTES = 5 * 1024 * 1024;

/**
 * Uploads in parts, each of which is a file until the upload is complete.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
export class Uploads {
  private readonly uploads = new Map<string, Upload>();

  /** @param folder - made when there is something to put there. */
  constructor(private readonly folder: string) {}

  async begin(bucket: string, key: string, headers: Readonly<Record<string, string>>): Promise<Upload> {
    const id = randomBytes(24).toString('hex');
    const upload = { id, bucket, key, headers, folder: join(this.folder, id), parts: new Map<number, Part>() };
    await mkdir(upload.folder, { recursive: true });
    this.uploads.set(id, upload);
    return upload;
  }

  /** @throws AwsError NoSuchUpload. */
  get(id: string, bucket: string, key: string): Upload {
    const upload = this.uploads.get(id);
    if (upload !== undefined && upload.bucket === bucket && upload.key === key) return upload;
    const rule = 'The upload ID may be invalid, or the upload may have been aborted or completed.';
    throw new AwsError('NoSuchUpload', `The specified upload does not exist. ${rule}`, 404);
  }

  /** Forgets an upload, and removes its files. */
  async end({ id, folder }: Upload): Promise<void> {
    this.uploads.delete(id);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Keeps one part. One of the same number is replaced. @throws AwsError InvalidArgument for a number that is not valid. */
export async function addPart(upload: Upload, number: number, body: Buffer): Promise<Part> {
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw new AwsError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  }
  const file = join(upload.folder, `${number}-${randomBytes(8).toString('hex')}`);
  await writeFile(file, body);
  const part = { file, size: body.length, etag: `"${createHash('md5').update(body).digest('hex')}"` };
  upload.parts.set(number, part);
  return part;
}

/**
 * Joins the parts of an upload in a file of its folder.
 *
 * @param wanted - number and entity tag of every part, as the caller lists them.
 * @returns the file, and its entity tag: the MD5 of the parts' MD5s, with their number.
 * @throws AwsError InvalidPart, InvalidPartOrder, EntityTooSmall.
 */
export async function joined(
  { parts, folder }: Upload,
  wanted: readonly { readonly number: number; readonly etag: string }[],
): Promise<{ readonly file: string; readonly etag: string }> {
  const chosen = wanted.map(({ number, etag }, index) => {
    if (number <= (wanted[index - 1]?.number ?? 0)) {
      throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    const part = parts.get(number);
    if (part === undefined || part.etag.replaceAll('"', '') !== etag.replaceAll('"', '')) {
      throw new AwsError('InvalidPart', 'One or more of the specified parts could not be found.');
    }
    return part;
  });
  if (chosen.length === 0) throw new AwsError('MalformedXML', 'You must specify at least one part');
  if (chosen.slice(0, -1).some(({ size }) => size < LEAST_PART_BYTES)) {
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  const file = join(folder, `whole-${randomBytes(8).toString('hex')}`);
  for (const part of chosen) await pipeline(createReadStream(part.file), createWriteStream(file, { flags: 'a' }));
  const digests = Buffer.from(chosen.map(({ etag }) => etag.replaceAll('"', '')).join(''), 'hex');
  return { file, etag: `"${createHash('md5').update(digests).digest('hex')}-${chosen.length}"` };
}
