import { randomInt } from 'node:crypto';
import { isObject, type ResourceRequest } from '../../contract';
import { parsedJson } from '../kit/json';
import { physicalName } from '../kit/physical-name';
import { PropertyReader } from '../kit/property-reader';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const ALPHANUMERIC = `${LETTERS}${LETTERS.toUpperCase()}0123456789`;

/** The values of a secret by their keys. A secret that is not JSON, such as a passphrase, has no keys. */
export type SecretKeys = Readonly<Record<string, unknown>>;

/**
 * Reads the properties of an AWS::SecretsManager::Secret, and generates its value where it has a generator.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
 */
export function declaredSecret(request: ResourceRequest): { readonly name: string; readonly keys: SecretKeys } {
  const declared = PropertyReader.of(request).withoutEffect('Description', 'Tags');
  const name = declared.maybeText('Name') ?? physicalName(request);
  const given = declared.maybeText('SecretString');
  const keys = given === undefined ? generated(declared.part('GenerateSecretString')) : keysOf(given);
  declared.end();
  return { name, keys };
}

/** Makes a random word of letters and digits. */
export function randomWord(length: number): string {
  return Array.from({ length }, () => ALPHANUMERIC.charAt(randomInt(ALPHANUMERIC.length))).join('');
}

/** Adds a random word to the keys of a template. It never has punctuation. */
function generated(generator: PropertyReader): SecretKeys {
  const template = generator.withoutEffect('ExcludePunctuation').text('SecretStringTemplate');
  const key = generator.text('GenerateStringKey');
  const length = generator.whole('PasswordLength', 1, 4096, 32);
  return { ...keysOf(template), [key]: randomWord(length) };
}

function keysOf(text: string): SecretKeys {
  const value = parsedJson(text);
  return isObject(value) ? value : {};
}
