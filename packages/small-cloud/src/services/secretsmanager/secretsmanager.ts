import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type ApiHandler,
  type Cloud,
  isObject,
  type Properties,
  type ResourceProvider,
  type ResourceRequest,
  type ResourceState,
  type SecretStore,
  type Service,
} from '../../contract';
import { AwsError } from '../kit/aws-error';
import { parsedJson } from '../kit/json';
import { secretsApi } from './api';
import { declaredSecret } from './declared-secret';
import { randomWord } from './password';
import { Secret } from './secret';

/** `<ARN>:SecretString:<key>:<stage>:<version>`. Only the current version is resolved. */
const REFERENCE = /^(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+):SecretString:([^:]+)(?::(?:AWSCURRENT)?:?)?$/;

/**
 * Secrets Manager: secrets that a template gives or has generated, the dynamic references to them, and the API for their
 * values. Values are kept in memory, in plain text, for as long as the run lasts, and are never shown in the log.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html
 */
export class SecretsManager implements Service, SecretStore {
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly secrets = new Map<string, Secret>();

  constructor(private readonly cloud: Cloud) {
    this.api = { secretsmanager: secretsApi({ cloud, find: (nameOrArn) => this.find(nameOrArn) }) };
  }

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::SecretsManager::Secret': {
      create: async (request) => this.create(request),
      update: async (state, request, previous) => this.update(state, request, previous),
      replacedBy: ['Name'],
      delete: async ({ physicalId }) => void this.secrets.delete(physicalId),
    },
  };

  readonly dynamicReferences = { secretsmanager: (reference: string) => this.resolve(reference) };

  secret(arn: string, key: string): string | undefined {
    const keys = parsedJson(this.secrets.get(arn)?.current ?? '');
    const value = isObject(keys) ? keys[key] : undefined;
    return typeof value === 'string' ? value : undefined;
  }

  private create(request: ResourceRequest): ResourceState {
    const { partition, region, accountId } = this.cloud;
    const declared = declaredSecret(request);
    const { name, value } = declared;
    if ([...this.secrets.values()].some((secret) => secret.name === name)) {
      const sentence = `The operation failed because the secret ${name} already exists.`;
      throw new AwsError('ResourceExistsException', sentence);
    }
    const arn = `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-${randomWord(6)}`;
    const created = this.now();
    const secret = new Secret(arn, declared, created);
    if (value !== undefined) secret.put({ id: randomUUID(), value, created });
    this.secrets.set(arn, secret);
    return { physicalId: arn, ref: arn, attributes: { Id: arn } };
  }

  /** Only a change of the value, or of its generator, changes the value. */
  private update(state: ResourceState, request: ResourceRequest, previous: Properties): ResourceState {
    const { description, value } = declaredSecret(request);
    const secret = this.secrets.get(state.physicalId);
    if (secret === undefined) throw new Error(`The secret ${state.physicalId} does not exist.`);
    const isSame = ['GenerateSecretString', 'SecretString'].every((key) =>
      isDeepStrictEqual(request.properties[key], previous[key]),
    );
    secret.description = description;
    if (!isSame && value !== undefined) secret.put({ id: randomUUID(), value, created: this.now() });
    return state;
  }

  private find(nameOrArn: string): Secret | undefined {
    const { partition, region, accountId } = this.cloud;
    const start = `arn:${partition}:secretsmanager:${region}:${accountId}:secret:`;
    return [...this.secrets.values()].find(
      ({ arn, name }) => nameOrArn === arn || nameOrArn === name || nameOrArn === `${start}${name}`,
    );
  }

  private resolve(reference: string): string {
    const [, arn = '', key = ''] = REFERENCE.exec(reference) ?? [];
    const value = this.secret(arn, key);
    if (value === undefined) throw new Error(`Secrets Manager can't find the specified secret: ${reference}`);
    return value;
  }

  private now(): Date {
    return new Date(this.cloud.clock.now());
  }
}
