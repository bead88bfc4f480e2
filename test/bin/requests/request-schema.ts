type Schema = number | readonly unknown[];
type Client = Readonly<Record<string, unknown>>;

/** What the number of a schema stands for. */
const SIMPLE: Readonly<Record<number, string>> = { 0: 'string', 1: 'number', 2: 'boolean' };
const LIST = 64;
const MAP = 128;

/**
 * What is wrong with the parameters of a request, by the schema of an operation that an SDK client carries: names that
 * do not exist, members that lack, values of another type, and values that are not in the client's list of them.
 */
export function schemaComplaints(client: Client, operation: string, parameters: unknown): readonly string[] {
  const schema = client[`${operation}$`];
  if (!Array.isArray(schema)) return [`${operation}: there is no such operation`];
  return complaints(client, settled(schema[4]), parameters, operation, '');
}

function complaints(client: Client, schema: Schema, value: unknown, path: string, named: string): readonly string[] {
  if (typeof schema === 'number') return simple(client, schema, value, path, named);
  const [kind, , name, , members, schemas, needed = 0] = schema as [
    number,
    string,
    string,
    unknown,
    unknown,
    unknown,
    number,
  ];
  // A list or a map: its values, or a simple schema with traits, or a structure.
  if (kind === 1 || kind === 2) {
    const of = settled(kind === 1 ? members : (schemas as Schema));
    const entries = Object.entries(value as object);
    if (Array.isArray(value) !== (kind === 1)) return [`${path}: ${kind === 1 ? 'a list' : 'a map'} is needed`];
    return entries.flatMap(([key, member]) => complaints(client, of, member, `${path}[${key}]`, named));
  }
  if (kind === 0) return simple(client, members as number, value, path, named);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: an object is needed`];
  const names = members as readonly string[];
  const missing = names.slice(0, needed).filter((member) => !(member in value));
  return [
    ...missing.map((member) => `${path}.${member}: is missing`),
    ...Object.entries(value).flatMap(([member, inner]) => {
      const index = names.indexOf(member);
      if (index < 0) return [`${path}.${member}: ${name} has no such member`];
      const of = settled((schemas as readonly unknown[])[index]);
      const prefix = name.replace(/(Settings|Description|Request)$/, '').replace(/^Create/, '');
      return complaints(client, of, inner, `${path}.${member}`, `${prefix}${member} ${member}`);
    }),
  ];
}

/** A schema without the function or the traits that it is wrapped in. */
function settled(schema: unknown): Schema {
  if (typeof schema === 'function') return settled((schema as () => unknown)());
  // [schema, traits] in place of a schema: [kind, namespace, name, …] has a text in the second place.
  if (Array.isArray(schema) && typeof schema[1] !== 'string') return settled(schema[0]);
  return schema as Schema;
}

function simple(client: Client, schema: number, value: unknown, path: string, named: string): readonly string[] {
  if (schema >= LIST) {
    if (Array.isArray(value) !== schema < MAP) return [`${path}: ${schema < MAP ? 'a list' : 'a map'} is needed`];
    const of = schema - (schema < MAP ? LIST : MAP);
    return Object.values(value as object).flatMap((member) => simple(client, of, member, path, named));
  }
  const type = SIMPLE[schema];
  if (type !== undefined && typeof value !== type) return [`${path}: ${JSON.stringify(value)} is no ${type}`];
  const values = named
    .split(' ')
    .map((name) => client[name])
    .find((one) => typeof one === 'object' && one !== null);
  if (values === undefined || Array.isArray(values)) return [];
  const possible = Object.values(values);
  return possible.includes(value) ? [] : [`${path}: ${JSON.stringify(value)} is none of ${possible.join(', ')}`];
}
