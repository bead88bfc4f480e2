/** Resources of a synthesized template, as far as a diagram needs them. */
export type Resources = Readonly<Record<string, Resource>>;

interface Resource {
  readonly Type: string;
  readonly Properties?: unknown;
  readonly DependsOn?: string | readonly string[];
}

/** A synthesized template. */
export interface Template {
  readonly Resources: Resources;
}

/** Lists the logical ids that a value refers to by Ref or Fn::GetAtt. */
export function references(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(references);
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref' && typeof inner === 'string') return [inner];
    if (key === 'Fn::GetAtt' && Array.isArray(inner) && typeof inner[0] === 'string') return [inner[0]];
    return references(inner);
  });
}

/** Properties that connect a resource with others, where the rest of them only reads. */
const CONNECTING: Readonly<Record<string, string>> = { 'AWS::CloudWatch::Alarm': 'AlarmActions' };

/** Lists the logical ids that a resource names: in its properties, and as what it depends on. */
export function named({ Type, Properties, DependsOn = [] }: Resource): readonly string[] {
  const only = CONNECTING[Type];
  if (only !== undefined) return references(Object(Properties)[only]);
  return [...references(Properties), ...[DependsOn].flat()];
}
