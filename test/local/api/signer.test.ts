import { describe, expect, test } from '@jest/globals';
import { signerOf } from '../../../local/api/signer';

const REST = 'SignedHeaders=host;x-amz-date, Signature=0123';

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
    expect(signerOf(authorization, new URLSearchParams())).toEqual({ accessKeyId: 'AKID', service });
  });

  test('is read from the query of a pre-signed URL', () => {
    const query = new URLSearchParams({ 'X-Amz-Credential': 'AKID/20261123/eu-west-1/s3/aws4_request' });
    expect(signerOf(undefined, query)).toEqual({ accessKeyId: 'AKID', service: 's3' });
  });

  test.each([undefined, 'Bearer abc', 'AWS4-HMAC-SHA256 Credential=AKID/eu-west-1/s3', 'AWS AKID:old'])(
    'is unknown from %j',
    (authorization) => {
      expect(signerOf(authorization, new URLSearchParams())).toBeUndefined();
    },
  );
});
