import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../src/contract';
import { Sts } from '../../src/services/sts/sts';
import { Credentials } from '../../src/wire/credentials';
import { xmlElements } from '../../src/wire/xml';
import { TestCloud } from '../s3/test-cloud';
import { signedRequest } from '../wire/signed-request';

let cloud: TestCloud;
let credentials: Credentials;
let sts: Sts;

beforeEach(() => {
  cloud = new TestCloud();
  credentials = new Credentials();
  sts = new Sts(cloud, { credentials, roleTrusts: cloud.access.roleTrustsCaller.bind(cloud.access) });
});

afterEach(() => cloud.remove());

async function ask(parameters: Record<string, string>, accessKeyId = 'test') {
  const body = new URLSearchParams({ Version: '2011-06-15', ...parameters }).toString();
  const roleArn = credentials.roleOf(accessKeyId);
  const answer = await sts.api['sts']?.(signedRequest('sts', accessKeyId, { body, roleArn }));
  const text = String(answer?.body);
  return { status: answer?.status, text, field: (name: string) => xmlElements(text, name)[0] };
}

async function role(logicalId: string, trust: Properties, policies: readonly Properties[] = []): Promise<string> {
  const made = await cloud.create(cloud.access, 'AWS::IAM::Role', logicalId, {
    RoleName: logicalId,
    AssumeRolePolicyDocument: { Statement: [trust] },
    Policies: policies.map((statement, index) => ({
      PolicyName: `p${index}`,
      PolicyDocument: { Statement: [statement] },
    })),
  });
  return made.attribute('Arn');
}

const ACCOUNT = '111122223333';
/** As the CDK's bootstrap template trusts. */
const BOOTSTRAP_TRUST = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { AWS: ACCOUNT },
  Condition: { Null: { 'sts:ExternalId': 'true' } },
};
const assume = (RoleArn: string, rest = {}, accessKeyId?: string) =>
  ask({ Action: 'AssumeRole', RoleArn, RoleSessionName: 'me', ...rest }, accessKeyId);

describe('STS', () => {
  test('takes unknown keys for the account itself', async () => {
    const answer = await ask({ Action: 'GetCallerIdentity' });
    expect(answer.field('Arn')).toBe(`arn:aws:iam::${ACCOUNT}:root`);
    expect(answer.field('Account')).toBe(ACCOUNT);
  });

  test('gives keys of a role that trusts the account, and recognises them', async () => {
    const roleArn = await role('deploy', BOOTSTRAP_TRUST);
    const answer = await assume(roleArn);
    const key = answer.field('AccessKeyId') ?? '';
    expect(credentials.roleOf(key)).toBe(roleArn);
    expect(Date.parse(answer.field('Expiration') ?? '')).toBeGreaterThan(Date.now() + 3_500_000);
    const again = await ask({ Action: 'GetCallerIdentity' }, key);
    expect(again.field('Arn')).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/deploy/me`);
  });

  test('refuses what the trust policy does not allow', async () => {
    const roleArn = await role('deploy', BOOTSTRAP_TRUST);
    for (const answer of [
      await assume(roleArn, { ExternalId: 'x' }),
      await assume(roleArn, { 'Tags.member.1.Key': 'a', 'Tags.member.1.Value': 'b' }),
      await assume(`arn:aws:iam::${ACCOUNT}:role/never`),
    ]) {
      expect([answer.status, answer.field('Code')]).toEqual([403, 'AccessDenied']);
      expect(answer.field('Message')).toMatch(
        /is not authorized to perform: sts:(AssumeRole|TagSession) on resource: /,
      );
    }
  });

  test('lets a role assume another one only when its own policies allow it', async () => {
    const target = await role('target', BOOTSTRAP_TRUST);
    const plain = await role('plain', BOOTSTRAP_TRUST);
    const allowed = await role('allowed', BOOTSTRAP_TRUST, [
      { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: target },
    ]);
    expect((await assume(target, {}, credentials.issue(plain).accessKeyId)).status).toBe(403);
    expect((await assume(target, {}, credentials.issue(allowed).accessKeyId)).status).toBe(200);
  });

  test('refuses a session policy, and actions that it does not know, by name', async () => {
    const roleArn = await role('deploy', BOOTSTRAP_TRUST);
    await expect(assume(roleArn, { Policy: '{}' })).rejects.toThrow('The parameter Policy is not modelled');
    await expect(ask({ Action: 'GetSessionToken' })).rejects.toThrow('STS GetSessionToken is not modelled');
  });
});
