import { evaluate, isList, isObject, type JsonObject, readTemplate, type Value } from 'small-cloud';
import { MEDIA_TYPES, OPERATIONS, type Operation } from './operations';
import { SAMPLE_STACK, sampleWorld } from './samples';

/** The request that creates one resource of a template, or a part of it. */
export interface Request {
  readonly service: Operation['service'];
  readonly operation: string;
  readonly parameters: JsonObject;
}

/**
 * Lists the requests that create the media resources of a template. The request that creates a resource is named by the
 * logical id, the others also by their operation: `OriginContainer.PutCorsPolicy`. Values that do not exist yet are
 * samples.
 *
 * @param parameters - values of the template's parameters; the others have their defaults.
 * @throws Error for a media resource or a member without a known request; TemplateError for an invalid template.
 */
export function requests(
  json: unknown,
  parameters: Readonly<Record<string, string>> = {},
): Readonly<Record<string, Request>> {
  const template = readTemplate(json);
  const evaluation = evaluate(template, parameters, SAMPLE_STACK);
  const world = sampleWorld(template, evaluation);
  return Object.fromEntries(
    Object.entries(template.resources)
      .filter(([id, { type, condition }]) => MEDIA_TYPES.test(type) && (!condition || evaluation.holds(condition, id)))
      .flatMap(([id, { type, properties }]) => {
        const settled = evaluation.resolve(properties, `Resources.${id}.Properties`, world);
        return requestsOf(id, type, isObject(settled) ? settled : {});
      }),
  );
}

function requestsOf(id: string, type: string, members: JsonObject): readonly (readonly [string, Request])[] {
  const operations = OPERATIONS[type];
  if (operations === undefined) throw new Error(`${id}: no request is known for ${type}; add it to OPERATIONS`);
  for (const name of Object.keys(members)) {
    if (!operations.some(({ takes }) => takes?.includes(name) ?? true)) {
      throw new Error(`${id}: no request is known for ${name} of ${type}; add it to OPERATIONS`);
    }
  }
  return operations
    .filter(({ only }) => only === undefined || only in members)
    .map((operation, index) => [index === 0 ? id : `${id}.${operation.operation}`, requestOf(operation, members)]);
}

function requestOf(how: Operation, members: JsonObject): Request {
  const { service, operation, takes } = how;
  const taken = Object.entries(members).filter(([name]) => takes?.includes(name) ?? true);
  return {
    service,
    operation,
    parameters: Object.fromEntries(taken.map(([name, value]) => [name, member(how, name, value)])),
  };
}

function member({ json = [], tagList }: Operation, name: string, value: Value): Value {
  if (json.includes(name) && isObject(value)) return JSON.stringify(value);
  return name === 'Tags' && !tagList ? tagMap(value) : value;
}

function tagMap(tags: Value): Value {
  if (!isList(tags)) return tags;
  return Object.fromEntries(tags.filter(isObject).map((tag) => [String(tag['Key']), tag['Value'] ?? '']));
}
