import { type Properties, type Service, UnsupportedError, type Value } from '../contract';

/**
 * Fills in the dynamic references of a resource's properties at the last moment, for the provider alone. CloudFormation
 * keeps, compares and shows the reference, never the secret.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function dynamicReferences(services: readonly Service[]): (properties: Properties) => Properties {
  const known = new Map(services.flatMap((service) => Object.entries(service.dynamicReferences ?? {})));
  const filled = (text: string) =>
    text.replaceAll(/\{\{resolve:([\w-]+):([^}]*)\}\}/g, (whole, service: string, reference: string) => {
      const resolve = known.get(service);
      if (resolve === undefined) throw new UnsupportedError(`${whole}: the local run does not resolve this reference`);
      return resolve(reference);
    });
  const settle = (value: Value): Value => {
    if (typeof value === 'string') return filled(value);
    if (Array.isArray(value)) return value.map(settle);
    if (typeof value !== 'object' || value === null) return value;
    return object(value as Properties);
  };
  const object = (properties: Properties): Properties =>
    Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, settle(value)]));
  return object;
}
