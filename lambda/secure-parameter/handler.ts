import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Clock } from '../clock';
import type { CustomResourceHandler } from '../custom-resource/respond';
import { patience } from '../patience';

/** The few calls of Parameter Store that it takes. */
export interface SecureParameters {
  /** Writes a SecureString. @throws when it is not to be overwritten and exists. */
  put(name: string, value: string, overwrite: boolean): Promise<void>;
  /** Removes a parameter; one that is not there is removed. */
  remove(name: string): Promise<void>;
}

/**
 * `Custom::SecureParameter`: keeps `Value` in a SecureString of the name `Name`, because CloudFormation makes no such
 * parameter by itself. `Ref` is the name. It never writes over a parameter that was there before.
 */
export function secureParameterHandler(parameters: SecureParameters, clock: Clock): CustomResourceHandler {
  return {
    physicalId: (event) => (event.RequestType === 'Create' ? text(event, 'Name') : event.PhysicalResourceId),
    async handle(event, deadline) {
      const patiently = patience('Parameter Store', clock, deadline);
      if (event.RequestType === 'Delete') {
        await patiently(() => parameters.remove(event.PhysicalResourceId));
        return { physicalId: event.PhysicalResourceId };
      }
      const name = text(event, 'Name');
      const value = text(event, 'Value');
      const isOwn = event.RequestType === 'Update' && event.PhysicalResourceId === name;
      await patiently(() => parameters.put(name, value, isOwn));
      return { physicalId: name };
    },
  };
}

/** The value is a secret, so a message never has it. */
function text(event: CloudFormationCustomResourceEvent, name: 'Name' | 'Value'): string {
  const value: unknown = event.ResourceProperties[name];
  if (typeof value !== 'string' || value === '') throw new Error(`The property ${name} is missing`);
  return value;
}
