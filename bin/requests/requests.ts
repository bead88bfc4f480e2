import type { Value } from '../../local/cloud';
import { evaluate } from '../../local/template/evaluate';
import { isList, isObject, type JsonObject, readTemplate } from '../../local/template/template';
import { MEDIA_TYPES, OPERATIONS, type Operation } from './operations';
import { SAMPLE_STACK, sampleWorld } from './samples';

/** What a client of the service would be called with to make one resource of a template. */
export interface Request {
  readonly service: Operation['service'];
  readonly operation: string;
  readonly parameters: JsonObject;
}

/**
 * The requests that make the media resources of a template, by logical id. References to what does not exist yet are
 * samples.
 *
 * @throws Error for a media resource that no operation is known for; TemplateError for what is no template.
 */
export function requests(json: unknown): Readonly<Record<string, Request>> {
  const template = readTemplate(json);
  const evaluation = evaluate(template, {}, SAMPLE_STACK);
  const world = sampleWorld(template);
  return Object.fromEntries(
    Object.entries(template.resources)
      .filter(([id, { type, condition }]) => MEDIA_TYPES.test(type) && (!condition || evaluation.holds(condition, id)))
      .map(([id, { type, properties }]) => {
        const operation = OPERATIONS[type];
        if (operation === undefined) throw new Error(`${id}: no request is known for ${type}; add it to OPERATIONS`);
        const settled = evaluation.resolve(properties, `Resources.${id}.Properties`, world);
        return [id, requestOf(operation, isObject(settled) ? settled : {})];
      }),
  );
}

function requestOf(
  { service, operation, names = {}, json = [], without = [] }: Operation,
  settled: JsonObject,
): Request {
  const members = Object.entries(settled).filter(([name]) => !without.includes(name));
  const parameters = Object.fromEntries(
    members.map(([name, value]): [string, Value] => {
      if (json.includes(name)) return [names[name] ?? name, JSON.stringify(value)];
      return [names[name] ?? name, name === 'Tags' ? tagMap(value) : renamed(value, name, names)];
    }),
  );
  return { service, operation, parameters };
}

function renamed(value: Value, path: string, names: Readonly<Record<string, string>>): Value {
  if (isList(value)) return value.map((member) => renamed(member, path, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const below = `${path}.${name}`;
      return [names[below] ?? name, renamed(member, below, names)];
    }),
  );
}

function tagMap(tags: Value): Value {
  if (!isList(tags)) return tags;
  return Object.fromEntries(tags.filter(isObject).map((tag) => [String(tag['Key']), tag['Value'] ?? '']));
}
