import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SecretsManager } from '../../src/services/secretsmanager/secretsmanager';
import { TestCloud } from '../s3/test-cloud';

let cloud: TestCloud;
let secrets: SecretsManager;

beforeEach(() => {
  cloud = new TestCloud();
  secrets = new SecretsManager(cloud);
});

afterEach(() => cloud.remove());

const GenerateSecretString = {
  SecretStringTemplate: '{"user":"edge"}',
  GenerateStringKey: 'Word',
  PasswordLength: 64,
  ExcludePunctuation: true,
};
const create = (properties = {}) =>
  cloud.create(secrets, 'AWS::SecretsManager::Secret', 'Secret', { GenerateSecretString, ...properties });

describe('Secrets Manager', () => {
  test('generates a different word for each secret, beside the keys of its template', async () => {
    const [one, other] = [await create({ Name: 'one' }), await create({ Name: 'other' })];
    expect(secrets.secret(one.ref, 'Word')).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(secrets.secret(one.ref, 'user')).toBe('edge');
    expect(secrets.secret(other.ref, 'Word')).not.toBe(secrets.secret(one.ref, 'Word'));
    expect(cloud.told).toEqual([]);
  });

  test('keeps a given string, with its keys when it is JSON', async () => {
    const provider = secrets.resources['AWS::SecretsManager::Secret'];
    const request = { stackName: 'live', stackId: 'id', logicalId: 'Given', type: 'AWS::SecretsManager::Secret' };
    const first = { SecretString: '{"user":"edge"}' };
    const state = await provider?.create({ ...request, properties: first });
    if (state === undefined) throw new Error('no provider');
    expect(secrets.secret(state.physicalId, 'user')).toBe('edge');
    await provider?.update?.(state, { ...request, properties: { SecretString: 'a passphrase' } }, first);
    expect(secrets.secret(state.physicalId, 'user')).toBeUndefined();
  });

  test('resolves dynamic references by ARN for as long as the secret exists', async () => {
    const made = await create();
    const resolve = () => secrets.dynamicReferences.secretsmanager(`${made.ref}:SecretString:Word::`);
    expect(resolve()).toBe(secrets.secret(made.ref, 'Word'));
    await made.delete();
    expect(resolve).toThrow("Secrets Manager can't find the specified secret");
  });

  test('makes another word for another generator only', async () => {
    const made = await create();
    const word = secrets.secret(made.ref, 'Word');
    await made.update({ GenerateSecretString, Description: 'words' });
    expect(secrets.secret(made.ref, 'Word')).toBe(word);
    await made.update({ GenerateSecretString: { ...GenerateSecretString, PasswordLength: 16 } });
    expect(secrets.secret(made.ref, 'Word')).toMatch(/^[A-Za-z0-9]{16}$/);
  });

  test.each<[string, object, RegExp]>([
    ['32 characters of each type', { PasswordLength: 32 }, /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[!-/:-@[-`{-~]).{32}$/],
    ['digits alone', { ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true }, /^\d{32}$/],
    ['no excluded character', { ExcludeCharacters: '"\\@/', PasswordLength: 4096 }, /^[^"\\@/]{4096}$/],
    ['one character', { PasswordLength: 1, RequireEachIncludedType: false }, /^.$/],
    ['with a space', { IncludeSpace: true, PasswordLength: 5 }, / /],
  ])('generates %s', async (_, generator, pattern) => {
    const made = await create({
      GenerateSecretString: { ...generator, SecretStringTemplate: '{}', GenerateStringKey: 'k' },
    });
    expect(secrets.secret(made.ref, 'k')).toMatch(pattern);
  });

  test.each<[string, object, string]>([
    ['a template without a key', { GenerateSecretString: { SecretStringTemplate: '{}' } }, 'are given together'],
    ['a password that is too short', { GenerateSecretString: { PasswordLength: 3 } }, '3 characters are too few'],
    ['a generator beside a value', { SecretString: 'x' }, "can't specify both"],
    [
      'a value that is not a string, without showing it',
      { GenerateSecretString: null, SecretString: { a: 'hidden' } },
      'SecretString: a string is needed',
    ],
  ])('refuses %s', async (_, properties, sentence) => {
    const refused = await create(properties).catch((error: unknown) => error);
    expect(String(refused)).toContain(sentence);
    expect(String(refused)).not.toContain('hidden');
  });

  test('refuses a name that is taken', async () => {
    await create({ Name: 'one' });
    await expect(create({ Name: 'one' })).rejects.toThrow('the secret one already exists');
  });

  test('refuses what it does not model', async () => {
    await expect(create({ KmsKeyId: 'k' })).rejects.toThrow('Secret.KmsKeyId is not modelled by the local run');
  });
});
