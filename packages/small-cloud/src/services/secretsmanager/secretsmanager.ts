import { randomInt } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Cloud, ResourceProvider, SecretStore, Service } from '../../contract';
import { physicalName } from '../kit/physical-name';
import { PropertyReader } from '../kit/property-reader';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const ALPHANUMERIC = `${LETTERS}${LETTERS.toUpperCase()}0123456789`;
/** `<ARN>:SecretString:<key>:<stage>:<version>`; only the current version exists here. */
const REFERENCE = /^(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+):SecretString:([^:]+)(?::(?:AWSCURRENT)?:?)?$/;

/**
 * Secrets Manager: secrets that CloudFormation has it make up or keep, and the dynamic references to them. It has no API here:
 * nobody reads a secret over it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html
 */
export class SecretsManager implements Service, SecretStore {
  private readonly secrets = new Map<string, Readonly<Record<string, unknown>>>();

  constructor(private readonly cloud: Cloud) {}

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::SecretsManager::Secret': {
      create: async (request) => {
        const { partition, region, accountId } = this.cloud;
        const declared = PropertyReader.of(request);
        const name = declared.maybeText('Name') ?? physicalName(request);
        const arn = `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-${word(6)}`;
        this.secrets.set(arn, made(declared));
        return { physicalId: arn, ref: arn, attributes: { Id: arn } };
      },
      // Another generator makes another value; other words do not.
      update: async (state, request, previous) => {
        const value = made(PropertyReader.of(request));
        const same = ['GenerateSecretString', 'SecretString'].every((key) =>
          isDeepStrictEqual(request.properties[key], previous[key]),
        );
        if (!same) this.secrets.set(state.physicalId, value);
        return state;
      },
      replacedBy: ['Name'],
      delete: async ({ physicalId }) => void this.secrets.delete(physicalId),
    },
  };

  readonly dynamicReferences = { secretsmanager: (reference: string) => this.resolve(reference) };

  secret(arn: string, key: string): string | undefined {
    const value = this.secrets.get(arn)?.[key];
    return typeof value === 'string' ? value : undefined;
  }

  private resolve(reference: string): string {
    const [, arn = '', key = ''] = REFERENCE.exec(reference) ?? [];
    const value = this.secret(arn, key);
    if (value === undefined) throw new Error(`Secrets Manager can't find the specified secret: ${reference}`);
    return value;
  }
}

/** What a generator makes, or the keys of a text that is given; a text without keys, such as a passphrase, has none. */
function made(declared: PropertyReader): Readonly<Record<string, unknown>> {
  declared.withoutEffect('Name', 'Description', 'Tags');
  const given = declared.maybeText('SecretString');
  if (given !== undefined) {
    declared.end();
    return keysOf(given);
  }
  // Punctuation is left out in any case.
  const generator = declared.part('GenerateSecretString').withoutEffect('ExcludePunctuation');
  const template: unknown = JSON.parse(generator.text('SecretStringTemplate'));
  const key = generator.text('GenerateStringKey');
  const length = generator.whole('PasswordLength', 1, 4096, 32);
  declared.end();
  return { ...(template as object), [key]: word(length) };
}

function keysOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Letters and digits. */
function word(length: number): string {
  return Array.from({ length }, () => ALPHANUMERIC.charAt(randomInt(ALPHANUMERIC.length))).join('');
}
