import type { Evaluation } from './evaluate';
import { references } from './references';
import type { Template } from './template';
import { TemplateError } from './template-error';

/** The resources whose conditions hold, in template order, each with its dependencies. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Finds the dependencies of each resource: the references in its properties and its metadata, and its DependsOn. It leaves
 * out resources whose condition is false, and drops a DependsOn that names one, as CloudFormation does.
 *
 * @throws TemplateError with every reference, in resources and outputs, to a resource that does not exist.
 */
export function dependencies(template: Template, evaluation: Evaluation): Dependencies {
  const exists = (id: string): boolean => {
    const condition = template.resources[id]?.condition;
    return (
      Object.hasOwn(template.resources, id) &&
      (condition === undefined || evaluation.holds(condition, `Resources.${id}.Condition`))
    );
  };
  const isParameter = (name: string) => name.startsWith('AWS::') || Object.hasOwn(template.parameters, name);
  const problems: string[] = [];
  const resolvedIn = (names: Iterable<string>, block: string, at: string): readonly string[] => {
    const resources = [...names].filter((name) => !isParameter(name));
    const missing = resources.filter((name) => !exists(name));
    if (missing.length > 0) {
      problems.push(
        `Template format error: Unresolved resource dependencies [${missing.join(', ')}] in the ${block} block of the template (at ${at})`,
      );
    }
    return resources;
  };

  const waits = new Map<string, ReadonlySet<string>>();
  for (const [id, { properties, dependsOn, metadata = {} }] of Object.entries(template.resources)) {
    if (!exists(id)) continue;
    const at = `Resources.${id}`;
    const holds = (condition: string) => evaluation.holds(condition, at);
    const named = [
      ...references(properties, `${at}.Properties`, holds),
      ...references(metadata, `${at}.Metadata`, holds),
    ];
    const wanted = dependsOn.filter((name) => exists(name) || !Object.hasOwn(template.resources, name));
    waits.set(id, new Set(resolvedIn([...named, ...wanted], 'Resources', at)));
  }
  for (const [key, { value, exportName = '', condition }] of Object.entries(template.outputs)) {
    const at = `Outputs.${key}`;
    if (condition !== undefined && !evaluation.holds(condition, `${at}.Condition`)) continue;
    resolvedIn(
      references([value, exportName], at, (name) => evaluation.holds(name, at)),
      'Outputs',
      at,
    );
  }
  if (problems.length > 0) throw new TemplateError(problems);
  return waits;
}

/**
 * Sorts the resources: each comes after its dependencies, and otherwise in template order.
 *
 * @throws TemplateError with the path of a circular dependency.
 */
export function deploymentOrder(waits: Dependencies): readonly string[] {
  const order = new Set<string>();
  const path: string[] = [];
  const visit = (id: string): void => {
    if (order.has(id)) return;
    if (path.includes(id)) {
      const cycle = path.slice(path.indexOf(id));
      throw new TemplateError([
        `Circular dependency between resources: [${cycle.join(', ')}] (${[...cycle, id].join(' → ')})`,
      ]);
    }
    path.push(id);
    for (const needed of waits.get(id) ?? []) visit(needed);
    path.pop();
    order.add(id);
  };
  for (const id of waits.keys()) visit(id);
  return [...order];
}
