import { isDeepStrictEqual } from 'node:util';
import type { Cloud, ResourceProvider, SecretStore, Service } from '../../contract';
import { declaredSecret, randomWord, type SecretKeys } from './secret';

/** `<ARN>:SecretString:<key>:<stage>:<version>`. The local run keeps the current version only. */
const REFERENCE = /^(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+):SecretString:([^:]+)(?::(?:AWSCURRENT)?:?)?$/;

/**
 * Secrets Manager: secrets that a template gives or has generated, and the dynamic references to them. It has no API in the
 * local run.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html
 */
export class SecretsManager implements Service, SecretStore {
  private readonly secrets = new Map<string, SecretKeys>();

  constructor(private readonly cloud: Cloud) {}

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::SecretsManager::Secret': {
      create: async (request) => {
        const { partition, region, accountId } = this.cloud;
        const { name, keys } = declaredSecret(request);
        const arn = `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-${randomWord(6)}`;
        this.secrets.set(arn, keys);
        return { physicalId: arn, ref: arn, attributes: { Id: arn } };
      },
      // Only a change of the value, or of its generator, changes the secret.
      update: async (state, request, previous) => {
        const { keys } = declaredSecret(request);
        const same = ['GenerateSecretString', 'SecretString'].every((key) =>
          isDeepStrictEqual(request.properties[key], previous[key]),
        );
        if (!same) this.secrets.set(state.physicalId, keys);
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
