import type { ApiHandler, Cloud, ResourceProvider, ResourceState, Service } from '../../contract';
import { ssmApi } from './api';
import { declaredParameter, type Parameter, type ParameterSettings } from './parameter';

/**
 * Parameter Store: parameters, for the CDK CLI and the functions of a stack. Secure strings are kept in memory, in plain
 * text, for as long as the run lasts. Histories, policies and labels are refused.
 */
export class Ssm implements Service {
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly parameters = new Map<string, Parameter>();

  constructor(private readonly cloud: Cloud) {
    this.api = {
      ssm: ssmApi({ cloud, parameters: this.parameters, put: (settings) => this.put(settings) }),
    };
  }

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::SSM::Parameter': {
      create: async (request) => {
        const declared = declaredParameter(request);
        if (this.parameters.has(declared.name)) {
          throw new Error(`The parameter already exists: ${declared.name}. Give it another Name, or delete it first.`);
        }
        return stateOf(this.put(declared));
      },
      update: async (_state, request) => stateOf(this.put(declaredParameter(request))),
      replacedBy: ['Name'],
      delete: async ({ physicalId }) => void this.parameters.delete(physicalId),
    },
  };

  /** The value of a parameter; undefined when it does not exist. */
  value(name: string): string | undefined {
    return this.parameters.get(name)?.value;
  }

  private put(settings: ParameterSettings): Parameter {
    const version = (this.parameters.get(settings.name)?.version ?? 0) + 1;
    const parameter = { ...settings, version, modified: new Date(this.cloud.clock.now()) };
    this.parameters.set(settings.name, parameter);
    return parameter;
  }
}

function stateOf({ name, type, value }: Parameter): ResourceState {
  return { physicalId: name, ref: name, attributes: { Type: type, Value: value } };
}
