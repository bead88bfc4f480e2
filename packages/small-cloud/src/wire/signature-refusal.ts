import type { ApiResponse } from '../contract';
import { type Asked, apiError } from './api-error';

/** Reasons for not accepting a signature. */
export type RefusalKind = 'unknown key' | 'wrong token' | 'wrong signature' | 'incomplete' | 'time' | 'expired';

type Family = 's3' | 'xml' | 'json';

/** The names by which the SDKs know these errors. */
const CODES: Readonly<Record<RefusalKind, Readonly<Record<Family, string>>>> = {
  'unknown key': {
    s3: 'InvalidAccessKeyId',
    xml: 'InvalidClientTokenId',
    json: 'UnrecognizedClientException',
  },
  'wrong token': { s3: 'InvalidToken', xml: 'InvalidClientTokenId', json: 'UnrecognizedClientException' },
  'wrong signature': {
    s3: 'SignatureDoesNotMatch',
    xml: 'SignatureDoesNotMatch',
    json: 'InvalidSignatureException',
  },
  incomplete: { s3: 'AccessDenied', xml: 'IncompleteSignature', json: 'IncompleteSignatureException' },
  time: { s3: 'RequestTimeTooSkewed', xml: 'SignatureDoesNotMatch', json: 'InvalidSignatureException' },
  expired: { s3: 'AccessDenied', xml: 'SignatureDoesNotMatch', json: 'InvalidSignatureException' },
};

const KEYS = 'the keys of this run are in the environment that it printed';

const SENTENCES: Readonly<Record<RefusalKind, string>> = {
  'unknown key': `The security token included in the request is invalid: the access key is not one of this run; ${KEYS}.`,
  'wrong token': `The security token included in the request is invalid: it does not belong to the access key; ${KEYS}.`,
  'wrong signature': `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method; ${KEYS}.`,
  incomplete:
    'The signature is incomplete, or of another kind than AWS4-HMAC-SHA256 (AWS4-ECDSA-P256-SHA256 for key value stores); Credential, SignedHeaders with host, Signature and X-Amz-Date are needed.',
  time: 'Signature expired, or not yet current: its time is more than 15 minutes away from the time of this machine.',
  expired: 'Request has expired',
};

/**
 * Answers a request whose signature is not accepted, in the form of the service that it is for.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function signatureRefusal(asked: Asked, kind: RefusalKind): ApiResponse {
  const { service, contentType = '' } = asked;
  const isJsonRpc = contentType.startsWith('application/x-amz-json');
  const status = isJsonRpc || (service === 's3' && kind === 'wrong token') ? 400 : 403;
  return apiError(asked, status, CODES[kind][familyOf(asked)], SENTENCES[kind]);
}

function familyOf({ service, contentType = '' }: Asked): Family {
  if (service === 's3') return 's3';
  return contentType.startsWith('application/x-www-form-urlencoded') || service === 'cloudfront' ? 'xml' : 'json';
}
