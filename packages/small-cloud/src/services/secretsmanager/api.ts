import { randomUUID } from 'node:crypto';
import type { ApiHandler, ApiRequest, Cloud, Properties } from '../../contract';
import { authorized } from '../kit/authorized';
import { AwsError } from '../kit/aws-error';
import { type JsonOperation, jsonHandler } from '../kit/json-protocol';
import type { PropertyReader } from '../kit/property-reader';
import type { Secret } from './secret';

/** Parts of Secrets Manager that its API shows and changes. */
export interface SecretsApiSubject {
  readonly cloud: Pick<Cloud, 'access' | 'partition' | 'region' | 'accountId' | 'clock'>;
  /** A secret by its name, its ARN, or its ARN without the six random characters. */
  find(nameOrArn: string): Secret | undefined;
}

const ACCESS_DENIED = { code: 'AccessDeniedException', status: 400 } as const;

/**
 * Makes the handler of the part of Secrets Manager's API that reads and writes values. No value is written to the log.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export function secretsApi(subject: SecretsApiSubject): ApiHandler {
  const operations: Readonly<Record<string, JsonOperation>> = {
    GetSecretValue: getSecretValue(subject),
    PutSecretValue: putSecretValue(subject),
    DescribeSecret: describeSecret(subject),
  };
  return jsonHandler({ name: 'Secrets Manager', target: 'secretsmanager', operations });
}

function getSecretValue(subject: SecretsApiSubject): JsonOperation {
  return (input, request) => {
    const secret = secretOf(subject, input, request, 'secretsmanager:GetSecretValue');
    const { id, value, created } = secret.version(input.maybeText('VersionId'), input.maybeText('VersionStage'));
    input.end();
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: id,
      SecretString: value,
      VersionStages: secret.labelsOf(id),
      CreatedDate: seconds(created),
    };
  };
}

function putSecretValue(subject: SecretsApiSubject): JsonOperation {
  return (input, request) => {
    const secret = secretOf(subject, input, request, 'secretsmanager:PutSecretValue');
    const value = input.value('SecretString');
    const id = input.maybeText('ClientRequestToken') ?? randomUUID();
    const labels = input.texts('VersionStages');
    input.end();
    if (typeof value !== 'string' || value === '') {
      throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
    }
    const created = new Date(subject.cloud.clock.now());
    secret.put({ id, value, created }, labels.length === 0 ? undefined : labels);
    return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: secret.labelsOf(id) };
  };
}

function describeSecret(subject: SecretsApiSubject): JsonOperation {
  return (input, request) => {
    const secret = secretOf(subject, input, request, 'secretsmanager:DescribeSecret');
    input.end();
    const shown: Record<string, Properties[string]> = {
      ARN: secret.arn,
      Name: secret.name,
      CreatedDate: seconds(secret.created),
      LastChangedDate: seconds(secret.changed),
      VersionIdsToStages: secret.labelsById(),
    };
    if (secret.description !== undefined) shown['Description'] = secret.description;
    return shown;
  };
}

/**
 * Finds the secret of a call. Authorizes first, so that a caller without permission cannot learn whether it exists.
 *
 * @throws AwsError AccessDeniedException, ResourceNotFoundException.
 */
function secretOf(
  { cloud, find }: SecretsApiSubject,
  input: PropertyReader,
  { roleArn }: ApiRequest,
  action: string,
): Secret {
  const given = input.text('SecretId');
  const secret = find(given);
  const { partition, region, accountId } = cloud;
  const named = given.startsWith('arn:')
    ? given
    : `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${given}`;
  authorized(cloud.access, roleArn, { action, resource: secret?.arn ?? named }, ACCESS_DENIED);
  if (secret !== undefined) return secret;
  throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

function seconds(at: Date): number {
  return at.getTime() / 1000;
}
