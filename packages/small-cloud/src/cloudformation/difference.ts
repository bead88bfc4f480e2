import { isDeepStrictEqual } from 'node:util';
import { type Properties, type ResourceProvider, UnsupportedError } from '../contract';
import { isCustomResource, withTextScalars } from './custom-resource';

/** The outermost properties whose values differ. `30` and `"30"` do not, for CloudFormation reads both as one. */
export function changedProperties(before: Properties, after: Properties): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const text = (properties: Properties, name: string) =>
    properties[name] === undefined ? undefined : withTextScalars(properties[name]);
  return [...names].filter((name) => !isDeepStrictEqual(text(before, name), text(after, name)));
}

/** Whether a change of these properties is answered with a new resource in place of the old one. */
export function isReplacement({ replacedBy = [] }: ResourceProvider, changed: readonly string[]): boolean {
  return changed.some((name) => replacedBy.includes(name));
}

/**
 * Refuses a change in place that cannot be made.
 *
 * @throws Error in CloudFormation's words for another function behind a custom resource.
 * @throws UnsupportedError that names the properties, when the local run cannot change resources of this type.
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
