import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SecretsManager } from '../../src/services/secretsmanager/secretsmanager';
import { ApiServer } from '../s3/api-server';
import { TestCloud } from '../s3/test-cloud';

let cloud: TestCloud;
let secrets: SecretsManager;
let server: ApiServer;
let client: SecretsManagerClient;

beforeEach(async () => {
  cloud = new TestCloud();
  secrets = new SecretsManager(cloud);
  const handler = secrets.api['secretsmanager'];
  if (handler === undefined) throw new Error('no API');
  server = new ApiServer(handler);
  client = new SecretsManagerClient({
    region: 'eu-west-1',
    endpoint: await server.start(),
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await server.stop();
  cloud.remove();
});

const create = (properties = {}) => cloud.create(secrets, 'AWS::SecretsManager::Secret', 'Keys', properties);
const get = (SecretId: string, more = {}) => client.send(new GetSecretValueCommand({ SecretId, ...more }));
const put = (SecretId: string, SecretString: string, more = {}) =>
  client.send(new PutSecretValueCommand({ SecretId, SecretString, ...more }));

describe('the API of Secrets Manager', () => {
  test('gives a value by the name, the ARN, and the ARN without its random end', async () => {
    const { ref } = await create({ Name: 'keys', SecretString: 'first' });
    expect(ref).toMatch(/:secret:keys-[A-Za-z0-9]{6}$/);
    for (const id of ['keys', ref, ref.slice(0, -7)]) {
      expect(await get(id)).toMatchObject({
        ARN: ref,
        Name: 'keys',
        SecretString: 'first',
        VersionStages: ['AWSCURRENT'],
      });
    }
  });

  test('keeps the version before, and forgets the one before that', async () => {
    const { ref } = await create({ SecretString: 'first' });
    const first = (await get(ref)).VersionId;
    await put(ref, 'second');
    await put(ref, 'third');
    expect((await get(ref)).SecretString).toBe('third');
    expect((await get(ref, { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('second');
    await expect(get(ref, { VersionId: first })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: ref }));
    expect(Object.values(VersionIdsToStages).flat().sort()).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
  });

  test('keeps a value under a label of its own beside the current one', async () => {
    const { ref } = await create({ SecretString: 'first' });
    await put(ref, 'next', { VersionStages: ['AWSPENDING'] });
    expect((await get(ref)).SecretString).toBe('first');
    expect((await get(ref, { VersionStage: 'AWSPENDING' })).SecretString).toBe('next');
  });

  test('changes nothing when a call is repeated, and refuses another value with its token', async () => {
    const { ref } = await create();
    const ClientRequestToken = '0123456789abcdef0123456789abcdef';
    for (const _ of [1, 2]) await put(ref, 'value', { ClientRequestToken });
    expect(await get(ref)).toMatchObject({ VersionId: ClientRequestToken, SecretString: 'value' });
    await expect(put(ref, 'other', { ClientRequestToken })).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  test('has no value before the first one', async () => {
    const { ref } = await create();
    await expect(get(ref)).rejects.toThrow('specified secret value for staging label: AWSCURRENT');
    expect(secrets.secret(ref, 'key')).toBeUndefined();
  });

  test('judges each action on the ARN with its random end', async () => {
    const { ref } = await create({ Name: 'keys', SecretString: 'first' });
    server.roleArn = await cloud.role('Reader', ['secretsmanager:GetSecretValue', `${ref.slice(0, -6)}??????`]);
    expect((await get('keys')).SecretString).toBe('first');
    await expect(put('keys', 'second')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`secretsmanager:PutSecretValue on resource: ${ref}`),
    });
  });

  test('refuses an unknown secret and a value that is too long, and tells nobody a value', async () => {
    await expect(get('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const { ref } = await create({ SecretString: 'first' });
    const refused = await put(ref, 'x'.repeat(65_537)).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'ValidationException' });
    expect(String(refused)).not.toContain('xx');
    expect(cloud.told).toEqual([]);
  });
});
