import { isObject, type Json, type JsonObject } from './json';

/**
 * Expresses the order of resources where some of them have a condition. `DependsOn` accepts only names of resources that
 * exist. A reference in the metadata is a dependency too, and may stand in an `Fn::If`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function inOrder(resources: JsonObject): JsonObject {
  const conditionOf = (id: Json) => (isObject(resources[String(id)]) ? condition(resources[String(id)]) : undefined);
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]): [string, Json] => {
      if (!isObject(resource) || !Array.isArray(resource['DependsOn'])) return [id, resource];
      const { DependsOn: dependsOn, Metadata: metadata = {}, ...rest } = resource;
      const all = dependsOn as readonly Json[];
      const isPlain = (other: Json) => conditionOf(other) === undefined || conditionOf(other) === condition(resource);
      const plain = all.filter(isPlain);
      const after = all
        .filter((other) => !isPlain(other))
        .map((other): Json => ({ 'Fn::If': [conditionOf(other) ?? '', { Ref: other }, ''] }));
      const ordered: Record<string, Json> = { ...rest };
      if (plain.length > 0) ordered['DependsOn'] = plain;
      return [id, { ...ordered, ...withMetadata(metadata, after) }];
    }),
  );
}

function withMetadata(metadata: Json, after: readonly Json[]): JsonObject {
  const all: Record<string, Json> = isObject(metadata) ? { ...metadata } : {};
  if (after.length > 0) all['After'] = after;
  return Object.keys(all).length === 0 ? {} : { Metadata: all };
}

function condition(resource: Json | undefined): Json | undefined {
  return isObject(resource) ? resource['Condition'] : undefined;
}
