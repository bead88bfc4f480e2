import type { Value } from '../cloud';
import type { World } from '../template/scope';
import { isObject } from '../template/template';
import type { Plan } from './plan';
import type { StackOutput } from './stack';

/**
 * The outputs whose condition holds.
 *
 * @throws Error when a value is no text, or an attribute is missing.
 */
export function resolveOutputs({ template, evaluation }: Plan, world: World): Readonly<Record<string, StackOutput>> {
  const text = (value: Value, at: string): string => {
    const resolved = evaluation.resolve(value, at, world);
    if (resolved === undefined || isObject(resolved) || Array.isArray(resolved))
      throw new Error(
        `Template format error: The Value field of every Outputs member must evaluate to a String (at ${at})`,
      );
    return String(resolved);
  };
  return Object.fromEntries(
    Object.entries(template.outputs)
      .filter(([key, { condition }]) => condition === undefined || evaluation.holds(condition, `Outputs.${key}`))
      .map(([key, { value, description, exportName }]) => [
        key,
        {
          value: text(value, `Outputs.${key}.Value`),
          description,
          exportName: exportName === undefined ? undefined : text(exportName, `Outputs.${key}.Export.Name`),
        },
      ]),
  );
}
