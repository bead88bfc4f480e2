import { evaluate, isList, isObject, type JsonObject, readTemplate, type Value } from 'small-cloud';
import { SAMPLE_STACK, sampleWorld } from '../../../bin/requests/samples';

/** A statement of a policy, with samples in place of values that only a deployment knows. */
export interface JudgedStatement {
  /** Its location: the logical id, and the number of the statement in it. */
  readonly at: string;
  readonly actions: readonly string[];
  /** Empty in a trust policy. */
  readonly resources: readonly string[];
  /** Condition keys. */
  readonly conditionKeys: readonly string[];
}

/**
 * Every statement of every policy in a template: of roles, their trust policies, and resources.
 *
 * @throws TemplateError for parameters that a rule of the template refuses.
 */
export function statementsOf(
  json: unknown,
  parameters: Readonly<Record<string, string>> = {},
): readonly JudgedStatement[] {
  const template = readTemplate(json);
  const evaluation = evaluate(template, parameters, SAMPLE_STACK);
  const world = sampleWorld(template, evaluation);
  return Object.entries(template.resources)
    .filter(([id, { condition, properties }]) => {
      const isThere = condition === undefined || evaluation.holds(condition, id);
      return isThere && JSON.stringify(properties).includes('Statement');
    })
    .flatMap(([id, { properties }]) => {
      const settled = evaluation.resolve(properties, `Resources.${id}.Properties`, world);
      return found(settled).map((statement, index) => judged(`${id}[${index}]`, statement));
    });
}

/** Statements below a value. A container has its policy as a string. */
function found(value: Value | undefined): readonly JsonObject[] {
  if (typeof value === 'string' && value.startsWith('{')) return found(JSON.parse(value) as Value);
  if (isList(value)) return value.flatMap(found);
  if (!isObject(value)) return [];
  const own = [value['Statement']].flat().filter(isObject);
  return [...own, ...Object.values(value).flatMap(found)];
}

function judged(at: string, statement: JsonObject): JudgedStatement {
  const conditions = statement['Condition'];
  return {
    at,
    actions: texts(statement['Action']),
    resources: texts(statement['Resource']),
    conditionKeys: isObject(conditions) ? Object.values(conditions).flatMap((keys) => Object.keys(keys as object)) : [],
  };
}

function texts(value: Value | undefined): readonly string[] {
  return [value].flat().filter((one): one is string => typeof one === 'string');
}
