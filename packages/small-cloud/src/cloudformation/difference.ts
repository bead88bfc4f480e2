import { isDeepStrictEqual } from 'node:util';
import { type Properties, type ResourceProvider, UnsupportedError } from '../contract';
import { isCustomResource, withTextScalars } from './custom-resource';

/** Lists the outermost properties whose values differ. `30` equals `"30"`, because CloudFormation reads both alike. */
export function changedProperties(before: Properties, after: Properties): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const text = (properties: Properties, name: string) =>
    properties[name] === undefined ? undefined : withTextScalars(properties[name]);
  return [...names].filter((name) => !isDeepStrictEqual(text(before, name), text(after, name)));
}

/** Returns true if a change of these properties replaces the resource. */
export function isReplacement({ replacedBy = [] }: ResourceProvider, changed: readonly string[]): boolean {
  return changed.some((name) => replacedBy.includes(name));
}

/**
 * Refuses an impossible change in place.
 *
 * @throws Error in CloudFormation's words for a custom resource that gets another function.
 * @throws UnsupportedError with the names of the properties, for a type that the local run cannot change.
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/802
 */
export function refuseImpossibleUpdate(
  provider: ResourceProvider,
  { logicalId, type }: { readonly logicalId: string; readonly type: string },
  changed: readonly string[],
): void {
  if (isCustomResource(type) && changed.includes('ServiceToken')) {
    throw new Error('Modifying service token is not allowed.');
  }
  if (provider.update !== undefined || isReplacement(provider, changed) || changed.length === 0) return;
  const names = changed.map((name) => `${type} ${logicalId}.${name}`).join(', ');
  throw new UnsupportedError(
    `${names}: the local run cannot change this in place. Leave it as it is, or delete the stack and create it anew.`,
  );
}
