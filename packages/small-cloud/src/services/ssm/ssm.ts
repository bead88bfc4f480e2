import {
  type ApiHandler,
  type ApiRequest,
  type ApiResponse,
  type Cloud,
  type ResourceProvider,
  type ResourceRequest,
  type ResourceState,
  type Service,
  UnsupportedError,
  type Value,
} from '../../contract';
import { fitsPattern } from '../../host/bounded-pattern';
import { apiError } from '../../wire/api-error';
import { jsonBody } from '../kit/json-protocol';
import { physicalName } from '../kit/physical-name';
import { PropertyReader } from '../kit/property-reader';

interface Parameter {
  readonly name: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly value: string;
  readonly version: number;
  readonly modified: Date;
}

/**
 * Parameter Store: parameters, and what the CDK CLI and the functions of a stack ask of them. Secure strings are kept in
 * plain, in memory, as long as the run lasts, and are shown only to who asks for them to be decrypted. Histories, policies
 * and labels are refused.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 */
export class Ssm implements Service {
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly parameters = new Map<string, Parameter>();

  constructor(private readonly cloud: Cloud) {
    this.api = { ssm: async (request) => this.answer(request) };
  }

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::SSM::Parameter': {
      create: async (request) => {
        const declared = declaredParameter(request);
        if (this.parameters.has(declared.name)) {
          throw new Error(`The parameter already exists: ${declared.name}. Give it another Name, or delete it first.`);
        }
        return this.put(declared);
      },
      update: async (_state, request) => this.put(declaredParameter(request)),
      replacedBy: ['Name'],
      delete: async ({ physicalId }) => void this.parameters.delete(physicalId),
    },
  };

  /** The value of a parameter; undefined when there is none. */
  value(name: string): string | undefined {
    return this.parameters.get(name)?.value;
  }

  private put({ name, type, value }: Pick<Parameter, 'name' | 'type' | 'value'>): ResourceState {
    const version = (this.parameters.get(name)?.version ?? 0) + 1;
    this.parameters.set(name, { name, type, value, version, modified: new Date(this.cloud.clock.now()) });
    return { physicalId: name, ref: name, attributes: { Type: type, Value: value } };
  }

  private answer(request: ApiRequest): ApiResponse {
    const target = request.headers['x-amz-target'] ?? '';
    const operation = target.replace(/^AmazonSSM\./, '');
    const perform = this.operations[operation];
    if (perform === undefined) throw new UnsupportedError(`SSM ${operation} is not modelled by the local run.`);
    try {
      const input = new PropertyReader(jsonBody(request), operation);
      const result = perform(input, request);
      return {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify(result),
      };
    } catch (error) {
      if (!(error instanceof SsmError)) throw error;
      return apiError({ service: 'ssm' }, 400, error.code, error.message);
    }
  }

  private readonly operations: Readonly<Record<string, (input: PropertyReader, request: ApiRequest) => Value>> = {
    GetParameter: (input, request) => {
      const name = input.text('Name');
      const decrypted = input.flag('WithDecryption');
      input.end();
      this.authorize(request, 'ssm:GetParameter', name);
      const parameter = this.parameters.get(name);
      // Parameter Store says no more than this.
      if (parameter === undefined) throw new SsmError('ParameterNotFound', '');
      return { Parameter: this.shown(parameter, decrypted) };
    },
    GetParameters: (input, request) => {
      const names = input.texts('Names');
      const decrypted = input.flag('WithDecryption');
      input.end();
      for (const name of names) this.authorize(request, 'ssm:GetParameters', name);
      const found = names.flatMap((name) => this.parameters.get(name) ?? []);
      return {
        Parameters: found.map((parameter) => this.shown(parameter, decrypted)),
        InvalidParameters: names.filter((name) => !this.parameters.has(name)),
      };
    },
    PutParameter: (input, request) => {
      const name = input.text('Name');
      const types = ['String', 'StringList', 'SecureString'] as const;
      const type = input.oneOf('Type', types, this.parameters.get(name)?.type ?? 'String');
      const value = input.text('Value');
      const overwrite = input.flag('Overwrite');
      input.withoutEffect('Description', 'Tags').end();
      this.authorize(request, 'ssm:PutParameter', name);
      if (/\{\{.*\}\}/s.test(value)) {
        throw new SsmError(
          'ValidationException',
          'Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.',
        );
      }
      if (this.parameters.has(name) && !overwrite) {
        throw new SsmError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      }
      this.put({ name, type, value });
      return { Version: this.parameters.get(name)?.version ?? 1, Tier: 'Standard' };
    },
    DeleteParameter: (input, request) => {
      const name = input.text('Name');
      input.end();
      this.authorize(request, 'ssm:DeleteParameter', name);
      if (!this.parameters.delete(name)) throw new SsmError('ParameterNotFound', '');
      return {};
    },
  };

  private shown({ name, type, value, version, modified }: Parameter, decrypted: boolean): Value {
    const shown = type === 'SecureString' && !decrypted ? '<encrypted>' : value;
    return {
      ...{ Name: name, Type: type, Value: shown, Version: version, ARN: this.arn(name), DataType: 'text' },
      LastModifiedDate: modified.getTime() / 1000,
    };
  }

  private authorize({ roleArn }: ApiRequest, action: string, name: string): void {
    const resource = this.arn(name);
    if (roleArn === undefined || this.cloud.access.roleAllows(roleArn, { action, resource })) return;
    const reason = `because no identity-based policy allows the ${action} action`;
    throw new SsmError(
      'AccessDeniedException',
      `User: ${roleArn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
    );
  }

  private arn(name: string): string {
    const { partition, region, accountId } = this.cloud;
    return `arn:${partition}:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
  }
}

class SsmError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
function declaredParameter(request: ResourceRequest): Pick<Parameter, 'name' | 'type' | 'value'> {
  const declared = PropertyReader.of(request).withoutEffect('Description', 'Tags', 'Tier');
  const name = declared.maybeText('Name') ?? physicalName(request);
  const type = declared.oneOf('Type', ['String', 'StringList']);
  const value = declared.text('Value');
  const pattern = declared.maybeText('AllowedPattern');
  declared.oneOf('DataType', ['text'], 'text');
  declared.end();
  if (pattern !== undefined && !fitsPattern(pattern, value)) {
    throw new Error(`Parameter value, cannot be validated against allowedPattern: ${pattern}`);
  }
  return { name, type, value };
}
