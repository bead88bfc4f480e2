import { describe, expect, test } from '@jest/globals';
import { failureOf, isConflict } from '../../../bin/live/errors';
import { EXIT, LiveFailure } from '../../../bin/live/failure';
import { sdkError } from './fake-live';

const AWS = { stack: 'live-streaming', region: 'eu-west-1', endpoint: undefined };
const LOCAL = { stack: 'live-streaming', region: undefined, endpoint: 'http://127.0.0.1:4566' };

describe('the sentence for an error of the SDK', () => {
  test.each([
    [
      'a stack that does not exist',
      sdkError('ValidationError', 'Stack with id live-streaming does not exist'),
      EXIT.notFound,
      'There is no stack "live-streaming" in eu-west-1; name another with --stack or --region.',
    ],
    [
      'credentials that are missing',
      sdkError('CredentialsProviderError', 'Could not load credentials from any providers'),
      EXIT.notAllowed,
      'There are no AWS credentials; sign in (aws sso login), set AWS_PROFILE, or set',
    ],
    [
      'a profile that does not exist',
      sdkError(
        'CredentialsProviderError',
        'Could not resolve credentials using profile: [nobody] in configuration/credentials file(s).',
      ),
      EXIT.notAllowed,
      'set AWS_PROFILE to one that "aws configure list-profiles" shows.',
    ],
    [
      'a session that has expired',
      sdkError(
        'CredentialsProviderError',
        'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
      ),
      EXIT.notAllowed,
      'The AWS credentials have expired; sign in again',
    ],
    [
      'a token that has expired, of CloudFormation',
      sdkError('ExpiredToken', 'The security token included in the request is expired'),
      EXIT.notAllowed,
      'The AWS credentials have expired; sign in again',
    ],
    [
      'a token that has expired, of MediaLive',
      sdkError('ForbiddenException', 'The security token included in the request is expired'),
      EXIT.notAllowed,
      'The AWS credentials have expired; sign in again',
    ],
    [
      'a key that AWS does not know',
      sdkError('InvalidClientTokenId', 'The security token included in the request is invalid.'),
      EXIT.notAllowed,
      'AWS does not know these credentials; sign in again',
    ],
    [
      'a clock that is wrong',
      sdkError('SignatureDoesNotMatch', 'Signature expired: 20261124T100000Z is now earlier than 20261124T115500Z'),
      EXIT.notAllowed,
      "AWS rejected the request because this machine's clock is wrong; correct it and try again.",
    ],
    [
      'a permission that is missing',
      sdkError(
        'AccessDenied',
        'User: arn:aws:iam::1:user/me is not authorized to perform: cloudformation:DescribeStacks',
      ),
      EXIT.notAllowed,
      'AWS denied the call: User: arn:aws:iam::1:user/me is not authorized to perform: cloudformation:DescribeStacks. Ask for that permission',
    ],
    [
      'throttling',
      sdkError('TooManyRequestsException', 'Too many requests'),
      EXIT.notReached,
      'AWS throttles the calls of this account; wait a minute and try again.',
    ],
    [
      'a failure of the service',
      sdkError('InternalServerErrorException', 'Internal error'),
      EXIT.notReached,
      'The service failed: Internal error. Try again in a moment.',
    ],
    [
      'no Region',
      sdkError('Error', 'Region is missing'),
      EXIT.wrongUse,
      'No Region is configured; pass --region or set AWS_REGION.',
    ],
    [
      'a Region that does not exist',
      sdkError('Error', 'getaddrinfo ENOTFOUND medialive.eu-west-1.amazonaws.com', { code: 'ENOTFOUND' }),
      EXIT.notReached,
      'AWS does not answer in eu-west-1; check the network, and that the Region exists and has MediaLive.',
    ],
    [
      'what nobody thought of',
      sdkError('UnprocessableEntityException', 'Too many pipelines'),
      EXIT.notReached,
      'The service refused the call (UnprocessableEntityException): Too many pipelines.',
    ],
  ])('%s', (_, error, exitCode, sentence) => {
    const failure = failureOf(error, AWS);
    expect(failure.message).toContain(sentence);
    expect(failure.exitCode).toBe(exitCode);
  });

  test('a local run that is not there, alone or after several attempts', () => {
    const refused = sdkError('Error', 'connect ECONNREFUSED 127.0.0.1:4566', { code: 'ECONNREFUSED' });
    const sentence = 'No local run answers at http://127.0.0.1:4566; npm start or npm run local starts one.';
    expect(failureOf(refused, LOCAL)).toMatchObject({ message: sentence, exitCode: EXIT.notReached });
    expect(failureOf(new AggregateError([refused]), LOCAL).message).toBe(sentence);
    expect(failureOf(new Error('failed', { cause: refused }), LOCAL).message).toBe(sentence);
  });

  test('a stack that the local run has not', () => {
    const error = sdkError('ValidationError', 'Stack with id live-streaming does not exist');
    expect(failureOf(error, LOCAL).message).toBe(
      'There is no stack "live-streaming" in the local run at http://127.0.0.1:4566; name another with --stack.',
    );
  });

  test('keeps a failure that has a sentence already', () => {
    const failure = new LiveFailure('Enough.', EXIT.notFound);
    expect(failureOf(failure, AWS)).toBe(failure);
  });

  test('says that only throttling and failures of the service and the network may pass', () => {
    const passing = ['ThrottlingException', 'InternalServerErrorException', 'AccessDenied', 'ValidationError'];
    expect(passing.map((name) => failureOf(sdkError(name), AWS).passing)).toEqual([true, true, false, false]);
  });

  test('tells a conflict from other refusals', () => {
    expect(isConflict(sdkError('ConflictException'))).toBe(true);
    expect(isConflict(sdkError('AccessDeniedException'))).toBe(false);
  });
});
