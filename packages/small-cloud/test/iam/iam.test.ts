import { describe, expect, test } from '@jest/globals';
import { type Properties, UnsupportedError } from '../../src/contract';
import { Iam } from '../../src/services/iam/iam';

const trust = (Service: string, Condition?: Properties): Properties => ({
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service }, ...(Condition && { Condition }) }],
});
const allow = (Action: string, Resource: string): Properties => ({
  Statement: [{ Effect: 'Allow', Action, Resource }],
});

function setUp() {
  const told: string[] = [];
  const tell = (node: string, line: string) => void told.push(`${node}: ${line}`);
  const iam = new Iam({ partition: 'aws', accountId: '111122223333', tell });
  const request = (logicalId: string, type: string, properties: Properties) => {
    const provider = iam.resources[type];
    if (provider === undefined) throw new Error(`no provider for ${type}`);
    return { provider, request: { stackName: 'live', stackId: 'arn:stack/live/1', logicalId, type, properties } };
  };
  return {
    iam,
    told,
    create: async (logicalId: string, type: string, properties: Properties) => {
      const made = request(logicalId, type, properties);
      const state = await made.provider.create(made.request);
      return { state, delete: () => made.provider.delete(state, made.request) };
    },
  };
}

describe('a role', () => {
  test('may have a permissions boundary, with a warning that it is not applied', async () => {
    const { create, told } = setUp();
    const PermissionsBoundary = 'arn:aws:iam::111122223333:policy/edge-of-the-team';
    const AssumeRolePolicyDocument = trust('lambda.amazonaws.com');
    await create('Plain', 'AWS::IAM::Role', { AssumeRolePolicyDocument });
    expect(told).toEqual([]);
    await create('Bounded', 'AWS::IAM::Role', { AssumeRolePolicyDocument, PermissionsBoundary });
    expect(told).toEqual([
      expect.stringMatching(/^iam: The permissions boundary arn:\S+edge-of-the-team is accepted but not applied/),
    ]);
  });

  test('is known by its name and its ARN', async () => {
    const { create } = setUp();
    const { state } = await create('Role', 'AWS::IAM::Role', {
      RoleName: 'player',
      Path: '/live/',
      Description: 'x',
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
    });
    expect(state.ref).toBe('player');
    expect(state.attributes['Arn']).toBe('arn:aws:iam::111122223333:role/live/player');
    expect(state.attributes['RoleId']).toMatch(/^AROA[0-9A-F]{17}$/);
  });

  test('without a name gets one of the stack and the logical id, within 64 characters', async () => {
    const { create } = setUp();
    const { state } = await create('R'.repeat(80), 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
    });
    expect(state.ref).toMatch(/^live-R+-[0-9a-f]{12}$/);
    expect(String(state.ref)).toHaveLength(64);
  });

  test('trusts the service of its trust policy, under the conditions of that policy', async () => {
    const { iam, create } = setUp();
    const { state } = await create('Role', 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust('medialive.amazonaws.com', {
        StringEquals: { 'aws:SourceAccount': '111122223333' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:medialive:*:*:channel:*' },
      }),
    });
    const arn = String(state.attributes['Arn']);
    const source = (value: string) => ({ 'aws:SourceArn': value });
    expect(iam.roleTrusts(arn, 'medialive.amazonaws.com', source('arn:aws:medialive:eu-west-1:1:channel:7'))).toBe(
      true,
    );
    expect(iam.roleTrusts(arn, 'medialive.amazonaws.com', source('arn:aws:medialive:eu-west-1:1:input:7'))).toBe(false);
    expect(iam.roleTrusts(arn, 'lambda.amazonaws.com', source('arn:aws:medialive:eu-west-1:1:channel:7'))).toBe(false);
    expect(iam.roleTrusts('arn:aws:iam::1:role/none', 'medialive.amazonaws.com')).toBe(false);
  });

  test('may do what its inline, managed and attached policies allow, until they are detached', async () => {
    const { iam, create } = setUp();
    const { state } = await create('Role', 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      Policies: [{ PolicyName: 'read', PolicyDocument: allow('s3:GetObject', 'arn:aws:s3:::a/*') }],
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    });
    const may = (action: string, resource: string) =>
      iam.roleAllows(String(state.attributes['Arn']), { action, resource });
    expect(may('s3:GetObject', 'arn:aws:s3:::a/b')).toBe(true);
    expect(may('logs:PutLogEvents', 'arn:aws:logs:x')).toBe(true);
    expect(may('s3:PutObject', 'arn:aws:s3:::a/b')).toBe(false);

    const attached = await create('Policy', 'AWS::IAM::Policy', {
      PolicyName: 'write',
      PolicyDocument: allow('s3:PutObject', '*'),
      Roles: [String(state.ref)],
    });
    expect(may('s3:PutObject', 'arn:aws:s3:::a/b')).toBe(true);
    await attached.delete();
    expect(may('s3:PutObject', 'arn:aws:s3:::a/b')).toBe(false);
  });

  test('counts a request of the local run as sent over TLS', () => {
    const { iam } = setUp();
    const statement = { Principal: '*', Action: 's3:*', Resource: '*' };
    const policy = {
      Statement: [
        { ...statement, Effect: 'Allow', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
        { ...statement, Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ],
    };
    const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::a/b' };
    expect(iam.policyAllows(policy, 'cloudfront.amazonaws.com', request)).toBe(true);
  });

  test('can be deleted after its attached policies', async () => {
    const { iam, create } = setUp();
    const role = await create('Role', 'AWS::IAM::Role', { AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
    const policy = await create('Policy', 'AWS::IAM::Policy', {
      PolicyName: 'p',
      PolicyDocument: allow('*', '*'),
      Roles: [String(role.state.ref)],
    });
    await expect(role.delete()).rejects.toThrow('must detach all policies first');
    await policy.delete();
    await role.delete();
    expect(iam.roleAllows(String(role.state.attributes['Arn']), { action: 'a:b', resource: 'c' })).toBe(false);
  });

  test.each<[string, Properties, string]>([
    [
      'a managed policy that it does not know',
      { ManagedPolicyArns: ['arn:aws:iam::aws:policy/PowerUserAccess'] },
      'PowerUserAccess',
    ],
  ])('refuses %s', async (_, properties, sentence) => {
    const { create } = setUp();
    const role = { AssumeRolePolicyDocument: trust('lambda.amazonaws.com'), ...properties };
    await expect(create('Role', 'AWS::IAM::Role', role)).rejects.toThrow(UnsupportedError);
    await expect(create('Role', 'AWS::IAM::Role', role)).rejects.toThrow(sentence);
  });

  test('refuses a second role of the same name', async () => {
    const { create } = setUp();
    const role = { RoleName: 'player', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') };
    await create('One', 'AWS::IAM::Role', role);
    await expect(create('Two', 'AWS::IAM::Role', role)).rejects.toThrow('Role with name player already exists.');
  });
});

describe('a policy resource', () => {
  test('refuses a role that does not exist, and users', async () => {
    const { create } = setUp();
    const policy = { PolicyName: 'p', PolicyDocument: allow('*', '*') };
    await expect(create('P', 'AWS::IAM::Policy', { ...policy, Roles: ['ghost'] })).rejects.toThrow('ghost');
    await expect(create('P', 'AWS::IAM::Policy', { ...policy, Users: ['u'] })).rejects.toThrow('P.Users');
  });
});
