import { isObject, type Value } from '../contract';
import type { World } from '../template/scope';
import type { Plan } from './plan';
import type { StackOutput } from './stack';

/**
 * Resolves the outputs whose condition holds.
 *
 * @param exporter - finds the other stack that exports a value under a name.
 * @throws Error when a value is not a string, an attribute is missing, or an export name is taken.
 */
export function resolveOutputs(
  { template, evaluation }: Plan,
  world: World,
  exporter: (exportName: string) => string | undefined,
): Readonly<Record<string, StackOutput>> {
  const text = (value: Value, at: string): string => {
    const resolved = evaluation.resolve(value, at, world);
    if (resolved === undefined || isObject(resolved) || Array.isArray(resolved)) {
      throw new Error(
        `Template format error: The Value field of every Outputs member must evaluate to a String (at ${at})`,
      );
    }
    return String(resolved);
  };
  const freeName = (name: string): string => {
    const taken = exporter(name);
    if (taken === undefined) return name;
    throw new Error(`Export with name ${name} is already exported by stack ${taken}`);
  };
  return Object.fromEntries(
    Object.entries(template.outputs)
      .filter(([key, { condition }]) => condition === undefined || evaluation.holds(condition, `Outputs.${key}`))
      .map(([key, { value, description, exportName }]) => [
        key,
        {
          value: text(value, `Outputs.${key}.Value`),
          description,
          exportName: exportName === undefined ? undefined : freeName(text(exportName, `Outputs.${key}.Export.Name`)),
        },
      ]),
  );
}
