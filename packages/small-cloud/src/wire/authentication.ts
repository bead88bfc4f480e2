import type { ApiResponse, CloudClock } from '../contract';
import type { Asked } from './api-error';
import { unchunked } from './aws-chunked';
import type { Credentials, Keys } from './credentials';
import { areSigned, equal, hash, type SignedParts, type Signing, signature } from './signature';
import { type RefusalKind, signatureRefusal } from './signature-refusal';
import { isSignedV4a } from './signature-v4a';
import { type Proof, proofOf, type Signer, type SignerParts } from './signer';

/** A received request, with its whole body. */
export interface ReceivedRequest extends SignerParts {
  /** Path and query exactly as sent, because a signature covers these characters. */
  readonly target: string;
  readonly body: Buffer;
}

/** Largest difference between a signature's time and the clock, as on AWS. */
const SKEW_MILLISECONDS = 15 * 60 * 1000;
/** Longest life of a pre-signed request: a week. */
const LONGEST_SECONDS = 604_800;
const STREAMED = /^STREAMING-(AWS4-HMAC-SHA256-PAYLOAD|AWS4-HMAC-SHA256-PAYLOAD-TRAILER|UNSIGNED-PAYLOAD-TRAILER)$/;
/** Services that accept signatures which do not cover the body. */
const UNSIGNED_PAYLOAD = ['s3', 'mediastore'];
/** Services that are in every Region at once, and therefore accept signatures of version 4A alone. */
const REGIONLESS = ['cloudfront-keyvaluestore'];

/**
 * Verifies the sender of a request. A page or a program without the keys of this run can do nothing, whatever port it
 * finds.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export class Authentication {
  constructor(
    private readonly credentials: Pick<Credentials, 'keysOf'>,
    private readonly clock: CloudClock,
  ) {}

  /** Checks the access key alone, before the body is read. @returns the refusal, if any. */
  refuseUnknownKey({ accessKeyId }: Signer, asked: Asked): ApiResponse | undefined {
    return this.credentials.keysOf(accessKeyId) === undefined ? signatureRefusal(asked, 'unknown key') : undefined;
  }

  /** Checks the whole signature. @returns the refusal; undefined for a valid signature. */
  refuseFalse(request: ReceivedRequest, asked: Asked): ApiResponse | undefined {
    const kind = this.problem(request);
    return kind === undefined ? undefined : signatureRefusal(asked, kind);
  }

  private problem(request: ReceivedRequest): RefusalKind | undefined {
    const proof = proofOf(request);
    if (proof === undefined) return 'incomplete';
    const algorithm = REGIONLESS.includes(proof.service) ? 'AWS4-ECDSA-P256-SHA256' : 'AWS4-HMAC-SHA256';
    if (proof.algorithm !== algorithm) return 'incomplete';
    const keys = this.credentials.keysOf(proof.accessKeyId);
    if (keys === undefined) return 'unknown key';
    if ((proof.token ?? '') !== (keys.sessionToken ?? '')) return 'wrong token';
    return this.wrongTime(proof) ?? wrongSignature(request, proof, keys);
  }

  /**
   * Checks the time of a signature. A function of a hurried cloud signs with a time between this machine's and the
   * cloud's, because its SDK corrects its clock by the answers.
   */
  private wrongTime({ time, expiresSeconds }: Proof): RefusalKind | undefined {
    const signed = milliseconds(time);
    const [now, cloudNow] = [Date.now(), this.clock.now()];
    if (Number.isNaN(signed) || signed > Math.max(now, cloudNow) + SKEW_MILLISECONDS * this.clock.speed) return 'time';
    const earliest = Math.min(now, cloudNow);
    if (expiresSeconds === undefined) return signed < earliest - SKEW_MILLISECONDS ? 'time' : undefined;
    if (!(expiresSeconds >= 1 && expiresSeconds <= LONGEST_SECONDS)) return 'incomplete';
    return signed + expiresSeconds * 1000 < earliest ? 'expired' : undefined;
  }
}

function wrongSignature(request: ReceivedRequest, proof: Proof, keys: Keys): RefusalKind | undefined {
  const payload = payloadOf(request, proof);
  if (payload === undefined) return 'wrong signature';
  const { scope, time, signedHeaders } = proof;
  const signing: Signing = { scope, time, signedHeaders, payload };
  if (proof.algorithm === 'AWS4-ECDSA-P256-SHA256') {
    return isSignedV4a(partsOf(request), signing, keys, proof.signature) ? undefined : 'wrong signature';
  }
  if (!equal(signature(partsOf(request), signing, keys.secretAccessKey), proof.signature)) return 'wrong signature';
  if (!payload.startsWith('STREAMING-AWS4-')) return undefined;
  const sent = unchunked(request.body);
  const isTrue = sent !== undefined && areSigned(sent, proof.signature, signing, keys.secretAccessKey);
  return isTrue ? undefined : 'wrong signature';
}

/** Reads the signed payload hash; undefined when it is wrong, or in a form that the service does not accept. */
function payloadOf({ headers, body }: ReceivedRequest, { service, expiresSeconds }: Proof): string | undefined {
  const said = headers['x-amz-content-sha256'];
  if (said === 'UNSIGNED-PAYLOAD') return UNSIGNED_PAYLOAD.includes(service) ? said : undefined;
  if (said !== undefined && STREAMED.test(said)) return service === 's3' ? said : undefined;
  if (said === undefined && service === 's3' && expiresSeconds !== undefined) return 'UNSIGNED-PAYLOAD';
  const own = hash(body);
  return said === undefined || said === own ? own : undefined;
}

function partsOf({ method, headers, target }: ReceivedRequest): SignedParts {
  const cut = target.indexOf('?');
  const [path, query] = cut < 0 ? [target, ''] : [target.slice(0, cut), target.slice(cut + 1)];
  return { method, headers, path, query };
}

/** Reads `20261123T101112Z`. */
function milliseconds(time: string): number {
  return Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
