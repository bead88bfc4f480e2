import type { Template } from '../../stream/synth';

/** References in a template to what is not in it. */
export function referenceComplaints(template: Template & { readonly Parameters?: object }): readonly string[] {
  const there = { ...template.Resources, ...template.Parameters };
  const complaints = new Set<string>();
  const refer = (id: unknown, at: string) => {
    if (typeof id !== 'string' || !(id in there || id.startsWith('AWS::'))) {
      complaints.add(`${at} refers to ${id}, which is not in the template`);
    }
  };
  const look = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'Ref') refer(inner, at);
      else if (key === 'Fn::GetAtt') refer((inner as unknown[])[0], at);
      else look(inner, at);
    }
  };
  for (const [id, { DependsOn = [], Properties }] of Object.entries(template.Resources)) {
    for (const other of [DependsOn].flat()) refer(other, id);
    look(Properties, id);
  }
  for (const [name, { Value }] of Object.entries(template.Outputs)) look(Value, `Output ${name}`);
  return [...complaints];
}
