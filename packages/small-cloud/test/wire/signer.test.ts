import { describe, expect, test } from '@jest/globals';
import { signerOf } from '../../src/wire/signer';

const REST = 'SignedHeaders=host;x-amz-date, Signature=0123';
const NO_QUERY = new URLSearchParams();

const inHeader = (authorization: string | undefined) =>
  signerOf({ method: 'POST', headers: { authorization }, query: NO_QUERY });

describe('the signer of a request', () => {
  test.each([
    [
      'AWS4-HMAC-SHA256',
      `AWS4-HMAC-SHA256 Credential=AKID/20261123/eu-west-1/medialive/aws4_request, ${REST}`,
      'medialive',
    ],
    ['several Regions', `AWS4-ECDSA-P256-SHA256 Credential=AKID/20261123/s3/aws4_request, ${REST}`, 's3'],
    ['fields in another order', `AWS4-HMAC-SHA256 ${REST}, Credential=AKID/20261123/eu-west-1/sts/aws4_request`, 'sts'],
  ])('is read from the Authorization header: %s', (_, authorization, service) => {
    expect(inHeader(authorization)).toEqual({ accessKeyId: 'AKID', service });
  });

  test.each(['GET', 'HEAD'])('is read from the query of a pre-signed %s', (method) => {
    const query = new URLSearchParams({ 'X-Amz-Credential': 'AKID/20261123/eu-west-1/s3/aws4_request' });
    expect(signerOf({ method, headers: {}, query })).toEqual({ accessKeyId: 'AKID', service: 's3' });
  });

  test.each(['POST', 'PUT', 'DELETE'])('is not read from the query of a %s, which a form could send', (method) => {
    const query = new URLSearchParams({ 'X-Amz-Credential': 'AKID/20261123/eu-west-1/s3/aws4_request' });
    expect(signerOf({ method, headers: {}, query })).toBeUndefined();
  });

  test.each([undefined, 'Bearer abc', 'AWS4-HMAC-SHA256 Credential=AKID/eu-west-1/s3', 'AWS AKID:old'])(
    'is unknown from %j',
    (authorization) => {
      expect(inHeader(authorization)).toBeUndefined();
    },
  );
});
