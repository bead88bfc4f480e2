import { describe, expect, test } from '@jest/globals';
import { authorized } from '../../src/services/kit/authorized';
import { AwsError } from '../../src/services/kit/aws-error';

const REQUEST = { action: 'ssm:GetParameter', resource: 'arn:aws:ssm:eu-west-1:1:parameter/a' };
const ROLE = 'arn:aws:iam::1:role/Reader';

describe('a caller', () => {
  test('is let in when a policy of its role allows the request', () => {
    expect(() => authorized({ roleAllows: () => true }, ROLE, REQUEST)).not.toThrow();
  });

  test('is let in with the credentials of the operator, whatever the policies say', () => {
    expect(() => authorized({ roleAllows: () => false }, undefined, REQUEST)).not.toThrow();
  });

  test('is refused in the words of IAM, with the code of the service', () => {
    const sentence = `User: ${ROLE} is not authorized to perform: ssm:GetParameter on resource: ${REQUEST.resource} because no identity-based policy allows the ssm:GetParameter action`;
    const ask = () => authorized({ roleAllows: () => false }, ROLE, REQUEST, { code: 'AccessDenied', status: 400 });
    expect(ask).toThrow(new AwsError('AccessDenied', sentence));
    expect(ask).toThrow(expect.objectContaining({ code: 'AccessDenied', status: 400 }));
  });
});
