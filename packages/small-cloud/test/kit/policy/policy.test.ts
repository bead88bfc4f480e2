import { describe, expect, test } from '@jest/globals';
import { UnsupportedError } from '../../../src/contract';
import { checkPolicy, judge, judgeAll, type PolicyQuestion } from '../../../src/services/kit/policy/policy';
import { fits } from '../../../src/services/kit/policy/wildcard';

const BUCKET = 'arn:aws:s3:::media';
const OBJECT = `${BUCKET}/clip.mp4`;
const get: PolicyQuestion = { action: 's3:GetObject', resource: OBJECT, context: {} };
const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: OBJECT };
const policy = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement: Statement as never });

describe('a wildcard', () => {
  test.each([
    ['s3:GetObject', 's3:Get*', true],
    ['s3:PutObject', 's3:Get*', false],
    ['arn:aws:s3:::media/a/b', 'arn:aws:s3:::media/*', true],
    ['arn:aws:s3:::media', 'arn:aws:s3:::media/*', false],
    ['clip1.mp4', 'clip?.mp4', true],
    ['clip12.mp4', 'clip?.mp4', false],
    ['a.b', 'a?b', true],
    ['axb', 'a.b', false],
    ['x[1]', 'x[*', true],
  ])('compares %s with %s', (text, pattern, expected) => {
    expect(fits(text, pattern)).toBe(expected);
  });
});

describe('a policy', () => {
  test.each<[string, object[], string]>([
    ['allows what it names', [allow], 'allow'],
    ['says nothing of another action', [{ ...allow, Action: 's3:PutObject' }], 'none'],
    ['compares actions without regard to case', [{ ...allow, Action: 'S3:getobject' }], 'allow'],
    ['compares resources with regard to case', [{ ...allow, Resource: OBJECT.toUpperCase() }], 'none'],
    ['takes a list of actions', [{ ...allow, Action: ['s3:PutObject', 's3:Get*'] }], 'allow'],
    ['takes a list of resources', [{ ...allow, Resource: [BUCKET, `${BUCKET}/*`] }], 'allow'],
    ['lets a deny win over an earlier allow', [allow, { ...allow, Effect: 'Deny' }], 'deny'],
    ['lets a deny win over a later allow', [{ ...allow, Effect: 'Deny' }, allow], 'deny'],
    ['allows all but NotAction', [{ Effect: 'Allow', NotAction: 's3:Put*', Resource: '*' }], 'allow'],
    ['leaves NotAction out', [{ Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' }], 'none'],
    ['allows all but NotResource', [{ Effect: 'Allow', Action: '*', NotResource: BUCKET }], 'allow'],
    ['leaves NotResource out', [{ Effect: 'Allow', Action: '*', NotResource: OBJECT }], 'none'],
  ])('%s', (_, statements, verdict) => {
    expect(judge(policy(...statements), get)).toBe(verdict);
  });

  test('may be one statement without a list', () => {
    expect(judge({ Statement: allow }, get)).toBe('allow');
  });

  test('is judged together with the others of the same identity', () => {
    expect(judgeAll([policy(allow), policy({ ...allow, Effect: 'Deny' })], get)).toBe('deny');
    expect(judgeAll([policy({ ...allow, Action: 's3:List*' }), policy(allow)], get)).toBe('allow');
    expect(judgeAll([], get)).toBe('none');
  });
});

describe('a grant', () => {
  const channel = 'arn:aws:medialive:us-east-1:111122223333:channel:1234567';
  const packager = 'arn:aws:mediapackagev2:us-east-1:111122223333:channelGroup/live/channel/main';
  test.each([
    ['of an action without a type of resource counts on *', 'medialive:ListAlerts', channel, '*', 'allow'],
    ['of such an action does not count on an ARN', 'medialive:ListAlerts', channel, channel, 'none'],
    ['counts on the type of the action', 'medialive:DescribeChannel', channel, channel, 'allow'],
    ['does not count on a type that the action has not', 'medialive:DescribeInput', channel, channel, 'none'],
    ['does not count on an object for an action of buckets', 's3:ListBucket', OBJECT, OBJECT, 'none'],
    ['does not count on a bucket for an action of objects', 's3:GetObject', BUCKET, BUCKET, 'none'],
    ['counts on a packager that is written to', 'mediapackagev2:PutObject', packager, packager, 'allow'],
    ['does not count on a packager that is read', 'mediapackagev2:GetObject', packager, packager, 'none'],
    ['of an action that nobody knows is judged by its ARN', 'medialive:Sing', channel, channel, 'allow'],
  ])('%s', (_, Action, resource, Resource, verdict) => {
    expect(judge(policy({ Effect: 'Allow', Action, Resource }), { action: Action, resource, context: {} })).toBe(
      verdict,
    );
  });
});

describe('a principal', () => {
  const service = { kind: 'service', name: 'cloudfront.amazonaws.com' } as const;
  const role = { kind: 'aws', arn: 'arn:aws:iam::111122223333:role/player' } as const;
  test.each<[string, unknown, PolicyQuestion['principal'], string]>([
    ['the service named', { Service: 'cloudfront.amazonaws.com' }, service, 'allow'],
    ['one of several services', { Service: ['lambda.amazonaws.com', 'cloudfront.amazonaws.com'] }, service, 'allow'],
    ['another service', { Service: 'lambda.amazonaws.com' }, service, 'none'],
    ['everyone', '*', service, 'allow'],
    ['everyone, written as AWS', { AWS: '*' }, service, 'allow'],
    ['a role, for a service', { AWS: role.arn }, service, 'none'],
    ['a role', { AWS: role.arn }, role, 'allow'],
    ['an account', { AWS: '111122223333' }, role, 'allow'],
    ['the root of an account', { AWS: 'arn:aws:iam::111122223333:root' }, role, 'allow'],
    ['the root of another account', { AWS: 'arn:aws:iam::444455556666:root' }, role, 'none'],
    ['nobody', undefined, service, 'none'],
  ])('is matched by %s', (_, Principal, principal, verdict) => {
    expect(judge(policy({ ...allow, Principal }), { ...get, principal })).toBe(verdict);
  });
});

describe('a condition', () => {
  const arn = 'arn:aws:cloudfront::111122223333:distribution/E1';
  const context = { 'AWS:SourceArn': arn, 'aws:SecureTransport': 'true' };
  test.each<[string, object, boolean]>([
    ['StringEquals', { 'aws:SourceArn': arn }, true],
    ['StringEquals', { 'aws:SourceArn': ['x', arn] }, true],
    ['StringEquals', { 'aws:SourceArn': `${arn}2` }, false],
    ['StringEquals', { 'aws:SourceAccount': '1' }, false],
    ['StringEqualsIfExists', { 'aws:SourceAccount': '1' }, true],
    ['StringNotEquals', { 'aws:SourceArn': arn }, false],
    ['StringNotEquals', { 'aws:SourceAccount': '1' }, true],
    ['StringEqualsIgnoreCase', { 'aws:SourceArn': arn.toUpperCase() }, true],
    ['StringLike', { 'aws:SourceArn': 'arn:aws:cloudfront::*:distribution/*' }, true],
    ['StringNotLike', { 'aws:SourceArn': 'arn:*' }, false],
    ['ArnEquals', { 'aws:SourceArn': arn }, true],
    ['ArnLike', { 'aws:SourceArn': 'arn:aws:cloudfront::*:distribution/*' }, true],
    ['ArnLike', { 'aws:SourceArn': 'arn:*:distribution/E1' }, false],
    ['ArnEqualsIfExists', { 'aws:SourceArn': 'arn:aws:s3:::x' }, false],
    ['ArnNotLike', { 'aws:SourceArn': 'arn:aws:s3:::x' }, true],
    ['Bool', { 'aws:SecureTransport': 'false' }, false],
    ['Bool', { 'aws:SecureTransport': true }, true],
    ['Null', { 'aws:SourceAccount': 'true' }, true],
    ['StringEquals', { 'aws:ResourceTag/live-streaming:stack': 'x' }, false],
    ['StringNotEquals', { 'aws:RequestTag/stage': 'x' }, true],
    ['Null', { 'aws:SourceArn': true }, false],
  ])('%s %j holds: %s', (operator, keys, holds) => {
    const document = policy({ ...allow, Condition: { [operator]: keys } });
    expect(judge(document, { ...get, context })).toBe(holds ? 'allow' : 'none');
  });

  test('needs every operator and every key to hold', () => {
    const Condition = { StringEquals: { 'aws:SourceArn': arn }, Bool: { 'aws:SecureTransport': 'false' } };
    expect(judge(policy({ ...allow, Condition }), { ...get, context })).toBe('none');
  });

  test('of a statement about something else is not looked at', () => {
    const other = { ...allow, Action: 's3:PutObject', Condition: { StringEquals: { 's3:x': 'y' } } };
    expect(judge(policy(other, allow), { ...get, context })).toBe('allow');
  });

  test('refuses a key that nobody models', () => {
    const document = policy({ ...allow, Condition: { StringEquals: { 'aws:UserAgent': 'x' } } });
    expect(() => judge(document, { ...get, context })).toThrow(UnsupportedError);
    expect(() => judge(document, { ...get, context })).toThrow('"aws:UserAgent"');
  });
});

describe('checking a policy', () => {
  test.each<[string, object, string]>([
    [
      'an unknown operator',
      { ...allow, Condition: { NumericLessThan: {} } },
      'Role.P.Statement[0].Condition.NumericLessThan',
    ],
    [
      'an unknown operator of a set',
      { ...allow, Condition: { 'ForAllValues:DateEquals': {} } },
      'ForAllValues:DateEquals',
    ],
    ['an unknown element', { ...allow, NotPrincipal: '*' }, 'Role.P.Statement[0].NotPrincipal'],
    ['a missing effect', { Action: '*' }, 'Role.P.Statement[0].Effect'],
    ['a missing action', { Effect: 'Allow' }, 'Role.P.Statement[0]: an Action'],
  ])('refuses %s', (_, statement, sentence) => {
    expect(() => checkPolicy(policy(statement), 'Role.P')).toThrow(sentence);
  });

  test('refuses a policy variable in a resource that decides', () => {
    const document = policy({ ...allow, Resource: `${BUCKET}/\${aws:username}/*` });
    expect(() => judge(document, get)).toThrow('policy variable');
  });
});

describe('a condition on a key with several values', () => {
  const judged = (operator: string, keys: readonly string[] | undefined) =>
    judge(policy({ ...allow, Condition: { [operator]: { 'aws:TagKeys': ['a', 'b'] } } }), {
      ...get,
      context: keys === undefined ? {} : { 'aws:TagKeys': keys },
    });

  test.each([
    ['ForAllValues:StringEquals', ['a'], 'allow'],
    ['ForAllValues:StringEquals', ['a', 'b'], 'allow'],
    ['ForAllValues:StringEquals', ['a', 'c'], 'none'],
    ['ForAllValues:StringEquals', undefined, 'allow'],
    ['ForAnyValue:StringEquals', ['a', 'c'], 'allow'],
    ['ForAnyValue:StringEquals', ['c'], 'none'],
    ['ForAnyValue:StringEquals', undefined, 'none'],
  ] as const)('%s of %j: %s', (operator, keys, verdict) => {
    expect(judged(operator, keys)).toBe(verdict);
  });

  test('wants an operator of sets', () => {
    expect(() => judged('StringEquals', ['a'])).toThrow('ForAllValues:StringEquals or ForAnyValue:StringEquals');
  });
});
