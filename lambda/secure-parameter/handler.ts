import type { Clock } from '../shared/clock';
import { requiredString } from '../shared/custom-resource/properties';
import type { CustomResourceHandler } from '../shared/custom-resource/respond';
import { patience } from '../shared/patience';

/** The calls of Parameter Store that the handler needs. */
export interface SecureParameters {
  /**
   * Writes a SecureString.
   *
   * @throws Error when the parameter exists and must not be overwritten.
   */
  put(name: string, value: string, overwrite: boolean): Promise<void>;
  /** Removes a parameter. One that is already gone is success. */
  remove(name: string): Promise<void>;
}

/** The dependencies of the handler. */
export interface SecureParameterSurroundings {
  readonly parameters: SecureParameters;
  readonly clock: Clock;
}

/**
 * Handles `Custom::SecureParameter`, which keeps `Value` in a SecureString named `Name`, because CloudFormation cannot
 * create such a parameter. `Ref` is the name. A parameter that existed before is never overwritten.
 */
export function secureParameterHandler({ parameters, clock }: SecureParameterSurroundings): CustomResourceHandler {
  return {
    physicalId: (event) =>
      event.RequestType === 'Create' ? requiredString(event.ResourceProperties, 'Name') : event.PhysicalResourceId,
    async handle(event, deadline) {
      const patiently = patience('Parameter Store', clock, deadline);
      if (event.RequestType === 'Delete') {
        await patiently(() => parameters.remove(event.PhysicalResourceId));
        return { physicalId: event.PhysicalResourceId };
      }
      const name = requiredString(event.ResourceProperties, 'Name');
      const value = requiredString(event.ResourceProperties, 'Value');
      const isOwn = event.RequestType === 'Update' && event.PhysicalResourceId === name;
      await patiently(() => parameters.put(name, value, isOwn));
      return { physicalId: name };
    },
  };
}
