import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { AwsError } from '../aws-error';

/** A checksum as S3 carries it: `x-amz-checksum-<algorithm>` and its base64 value. */
export interface Checksum {
  readonly header: string;
  readonly value: string;
}

const ALGORITHMS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  'x-amz-checksum-crc32': (body) => crc32(body, 0xedb88320),
  'x-amz-checksum-crc32c': (body) => crc32(body, 0x82f63b78),
  'x-amz-checksum-crc64nvme': crc64nvme,
  'x-amz-checksum-sha1': (body) => createHash('sha1').update(body).digest(),
  'x-amz-checksum-sha256': (body) => createHash('sha256').update(body).digest(),
};

/**
 * Compares a body with the checksums that came with it.
 *
 * @param headers - request headers and trailers together, lower-case names.
 * @returns the checksum to keep with the object, if one was sent.
 * @throws AwsError BadDigest when one does not match, NotImplemented for an unknown algorithm.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export function verified(body: Buffer, headers: Readonly<Record<string, string | undefined>>): Checksum | undefined {
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64')) throw badDigest('Content-MD5');
  for (const [header, value] of Object.entries(headers)) {
    if (value === undefined || !/^x-amz-checksum-(?!algorithm|mode|type)/.test(header)) continue;
    const algorithm = ALGORITHMS[header];
    if (algorithm === undefined) {
      throw new AwsError('NotImplemented', `${header} is not modelled by the local run`, 501);
    }
    if (algorithm(body).toString('base64') !== value) throw badDigest(header);
    return { header, value };
  }
  return undefined;
}

function badDigest(header: string): AwsError {
  return new AwsError('BadDigest', `The ${header} you specified did not match what we received.`);
}

/** A reflected 32-bit CRC, all ones before and after. */
function crc32(body: Buffer, polynomial: number): Buffer {
  const table = Int32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value;
  });
  let crc = -1;
  for (const byte of body) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  const result = Buffer.alloc(4);
  result.writeUInt32BE(~crc >>> 0);
  return result;
}

/** The 64-bit CRC of NVMe, which the AWS CLI sends, in two halves of 32 bits: BigInt would be ten times slower. */
function crc64nvme(body: Buffer): Buffer {
  const highs = new Int32Array(256);
  const lows = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let high = 0;
    let low = byte;
    for (let bit = 0; bit < 8; bit++) {
      const odd = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (odd) {
        high ^= 0x9a6c9329;
        low ^= 0xac4bc9b5;
      }
    }
    highs[byte] = high;
    lows[byte] = low;
  }
  let high = -1;
  let low = -1;
  for (const byte of body) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (lows[index] ?? 0);
    high = (high >>> 8) ^ (highs[index] ?? 0);
  }
  const result = Buffer.alloc(8);
  result.writeUInt32BE(~high >>> 0, 0);
  result.writeUInt32BE(~low >>> 0, 4);
  return result;
}

/** Returns the MD5 of a file, in quotes, as entity tags have it. */
export async function md5OfFile(path: string): Promise<string> {
  const hash = createHash('md5');
  await pipeline(createReadStream(path), hash);
  return `"${hash.digest('hex')}"`;
}
