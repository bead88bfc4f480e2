import { createECDH, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Keys } from './credentials';
import { canonicalRequest, hash, type SignedParts, type Signing } from './signature';

/** Name of the algorithm, in requests and in the text that is signed. */
const ALGORITHM = 'AWS4-ECDSA-P256-SHA256';

/** Order of the curve P-256. A private key is less than it. */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/** Most trials of the derivation. One trial in four thousand million fails. */
const MOST_TRIALS = 254;

/**
 * Tells whether a signature of version 4A belongs to a request. Version 4A is asymmetric: it is made with a private key
 * that is derived from the secret key, and holds for the Regions in `X-Amz-Region-Set`.
 *
 * @param given - the signature in hex, as ASN.1.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html#how-sigv4a-works
 */
export function isSignedV4a(
  parts: SignedParts,
  signing: Signing,
  keys: Pick<Keys, 'accessKeyId' | 'secretAccessKey'>,
  given: string,
): boolean {
  const { signedHeaders, scope, time } = signing;
  if (!signedHeaders.includes('x-amz-region-set') || parts.headers['x-amz-region-set'] !== '*') return false;
  const text = [ALGORITHM, time, scope, hash(canonicalRequest(parts, signing))].join('\n');
  return verify('sha256', Buffer.from(text), publicKey(keys), Buffer.from(given, 'hex'));
}

function publicKey(keys: Pick<Keys, 'accessKeyId' | 'secretAccessKey'>): KeyObject {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(privateKey(keys));
  // An uncompressed point: one byte of its form, then x and y.
  const point = curve.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((number) => number.toString('base64url'));
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
}

/** Derives a private key: the first HMAC that is small enough, plus one (NIST SP 800-108, with a counter). */
function privateKey({ accessKeyId, secretAccessKey }: Pick<Keys, 'accessKeyId' | 'secretAccessKey'>): Buffer {
  for (let trial = 1; trial <= MOST_TRIALS; trial++) {
    const label = Buffer.from(`\0\0\0\x01${ALGORITHM}\0${accessKeyId}`);
    const input = Buffer.concat([label, Buffer.from([trial, 0, 0, 1, 0])]);
    const derived = createHmac('sha256', `AWS4A${secretAccessKey}`).update(input).digest('hex');
    const number = BigInt(`0x${derived}`);
    if (number <= ORDER - 2n) return Buffer.from((number + 1n).toString(16).padStart(64, '0'), 'hex');
  }
  throw new Error('No signing key can be derived from this secret key.');
}
