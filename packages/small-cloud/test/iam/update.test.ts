import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../src/contract';
import { TestCloud } from '../s3/test-cloud';

let cloud: TestCloud;

beforeEach(() => {
  cloud = new TestCloud();
});

afterEach(() => cloud.remove());

const ROLE = 'AWS::IAM::Role';
const POLICY = 'AWS::IAM::Policy';

const trusting = (Service: string, more: Properties = {}): Properties => ({
  AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }] },
  ...more,
});
const allow = (Action: string): Properties => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const inline = (Action: string): Properties => ({ Policies: [{ PolicyName: 'p', PolicyDocument: allow(Action) }] });

const create = (logicalId: string, type: string, properties: Properties) =>
  cloud.create(cloud.access, type, logicalId, properties);
const may = (role: { attribute(name: string): string }, action: string) =>
  cloud.access.roleAllows(role.attribute('Arn'), { action, resource: 'arn:x' });

describe('updating a role', () => {
  test('changes its trust and its own policies, and keeps attached policies', async () => {
    const role = await create('Role', ROLE, trusting('lambda.amazonaws.com', inline('s3:GetObject')));
    const attached = { PolicyName: 'a', PolicyDocument: allow('logs:PutLogEvents'), Roles: [role.ref] };
    await create('Policy', POLICY, attached);
    await role.update(trusting('medialive.amazonaws.com', inline('s3:PutObject')));
    const arn = role.attribute('Arn');
    expect(cloud.access.roleTrusts(arn, 'medialive.amazonaws.com')).toBe(true);
    expect(cloud.access.roleTrusts(arn, 'lambda.amazonaws.com')).toBe(false);
    expect([may(role, 's3:PutObject'), may(role, 's3:GetObject'), may(role, 'logs:PutLogEvents')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('changes nothing in an update that it refuses', async () => {
    const role = await create('Role', ROLE, trusting('lambda.amazonaws.com', inline('s3:GetObject')));
    await expect(role.update(trusting('x', { NoSuchProperty: 'x' }))).rejects.toThrow('NoSuchProperty');
    expect(may(role, 's3:GetObject')).toBe(true);
  });

  test('gives a replacement another name', async () => {
    const [one, other] = [
      await create('Role', ROLE, trusting('lambda.amazonaws.com')),
      await create('Role', ROLE, trusting('lambda.amazonaws.com', { Path: '/live/' })),
    ];
    expect(one?.ref).not.toBe(other?.ref);
    expect(cloud.access.resources[ROLE]?.replacedBy).toEqual(['Path', 'RoleName']);
  });
});

describe('updating a policy', () => {
  test('changes its document, and moves from role to role', async () => {
    const one = await create('One', ROLE, trusting('lambda.amazonaws.com'));
    const two = await create('Two', ROLE, trusting('lambda.amazonaws.com'));
    const policy = await create('Policy', POLICY, {
      PolicyName: 'p',
      PolicyDocument: allow('s3:GetObject'),
      Roles: [one.ref],
    });
    await policy.update({ PolicyName: 'p', PolicyDocument: allow('s3:PutObject'), Roles: [two.ref] });
    expect([may(one, 's3:GetObject'), may(two, 's3:GetObject'), may(two, 's3:PutObject')]).toEqual([
      false,
      false,
      true,
    ]);
    await one.delete();
  });
});
