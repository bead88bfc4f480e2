import type { ApiHandler, ApiRequest, Cloud, Value } from '../../contract';
import { authorized } from '../kit/authorized';
import { AwsError } from '../kit/aws-error';
import { type JsonOperation, jsonHandler } from '../kit/json-protocol';
import type { Parameter, ParameterSettings } from './parameter';

/** Parts of Parameter Store that its API shows and changes. */
export interface SsmApiSubject {
  readonly cloud: Pick<Cloud, 'access' | 'partition' | 'region' | 'accountId'>;
  readonly parameters: Map<string, Parameter>;
  /** Keeps a value as the next version of its parameter. */
  put(settings: ParameterSettings): Parameter;
}

const TYPES = ['String', 'StringList', 'SecureString'] as const;

const ACCESS_DENIED = { code: 'AccessDeniedException', status: 400 } as const;

/**
 * Makes the handler of the part of Systems Manager's API that reads and writes parameters. Secure strings are shown only to
 * a caller who asks for decryption.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 */
export function ssmApi(subject: SsmApiSubject): ApiHandler {
  const operations: Readonly<Record<string, JsonOperation>> = {
    GetParameter: getParameter(subject),
    GetParameters: getParameters(subject),
    PutParameter: putParameter(subject),
    DeleteParameter: (input, request) => {
      const name = input.text('Name');
      input.end();
      authorize(subject, request, 'ssm:DeleteParameter', name);
      if (!subject.parameters.delete(name)) throw parameterNotFound();
      return {};
    },
  };
  return jsonHandler({ name: 'SSM', target: 'AmazonSSM', operations });
}

function getParameter(subject: SsmApiSubject): JsonOperation {
  return (input, request) => {
    const name = input.text('Name');
    const decrypted = input.flag('WithDecryption');
    input.end();
    authorize(subject, request, 'ssm:GetParameter', name);
    const parameter = subject.parameters.get(name);
    if (parameter === undefined) throw parameterNotFound();
    return { Parameter: shown(subject, parameter, decrypted) };
  };
}

function getParameters(subject: SsmApiSubject): JsonOperation {
  return (input, request) => {
    const names = input.texts('Names');
    const decrypted = input.flag('WithDecryption');
    input.end();
    for (const name of names) authorize(subject, request, 'ssm:GetParameters', name);
    const found = names.flatMap((name) => subject.parameters.get(name) ?? []);
    return {
      Parameters: found.map((parameter) => shown(subject, parameter, decrypted)),
      InvalidParameters: names.filter((name) => !subject.parameters.has(name)),
    };
  };
}

function putParameter(subject: SsmApiSubject): JsonOperation {
  return (input, request) => {
    const name = input.text('Name');
    const old = subject.parameters.get(name);
    const type = input.oneOf('Type', TYPES, old?.type ?? 'String');
    const value = input.text('Value');
    const overwrite = input.flag('Overwrite');
    input.withoutEffect('Description', 'Tags').end();
    authorize(subject, request, 'ssm:PutParameter', name);
    if (/\{\{.*\}\}/s.test(value)) {
      throw new AwsError(
        'ValidationException',
        'Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.',
      );
    }
    if (old !== undefined && !overwrite) {
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const { version } = subject.put({ name, type, value });
    return { Version: version, Tier: 'Standard' };
  };
}

function shown({ cloud }: SsmApiSubject, parameter: Parameter, decrypted: boolean): Value {
  const { name, type, value, version, modified } = parameter;
  return {
    Name: name,
    Type: type,
    Value: type === 'SecureString' && !decrypted ? '<encrypted>' : value,
    Version: version,
    ARN: arnOf(cloud, name),
    DataType: 'text',
    LastModifiedDate: modified.getTime() / 1000,
  };
}

function authorize({ cloud }: SsmApiSubject, { roleArn }: ApiRequest, action: string, name: string): void {
  authorized(cloud.access, roleArn, { action, resource: arnOf(cloud, name) }, ACCESS_DENIED);
}

function arnOf({ partition, region, accountId }: SsmApiSubject['cloud'], name: string): string {
  return `arn:${partition}:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}

/** Makes the error for a parameter that does not exist. Parameter Store sends no sentence with it. */
function parameterNotFound(): AwsError {
  return new AwsError('ParameterNotFound', '');
}
