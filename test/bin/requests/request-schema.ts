type Schema = number | readonly unknown[];
type Client = Readonly<Record<string, unknown>>;

/** The place of a value: its path in the request, and the names under which the client may list its values. */
interface Place {
  readonly client: Client;
  readonly path: string;
  readonly listed: string;
}

/** The types of simple schemas, by their number. */
const SIMPLE: Readonly<Record<number, string>> = { 0: 'string', 1: 'number', 2: 'boolean' };
const LIST = 64;
const MAP = 128;

/**
 * Lists the faults of the parameters of a request, by the schema of an operation in an SDK client: unknown names, missing
 * members, values of another type, and values that are not in the client's list.
 */
export function schemaComplaints(client: Client, operation: string, parameters: unknown): readonly string[] {
  const schema = client[`${operation}$`];
  if (!Array.isArray(schema)) return [`${operation}: there is no such operation`];
  return complaints({ client, path: operation, listed: '' }, settled(schema[4]), parameters);
}

function complaints(place: Place, schema: Schema, value: unknown): readonly string[] {
  if (typeof schema === 'number') return simple(place, schema, value);
  const [kind, , , , members, schemas] = schema as [number, string, string, unknown, unknown, unknown];
  // A list or a map of values, a simple schema with traits, or a structure.
  if (kind === 1 || kind === 2) {
    if (Array.isArray(value) !== (kind === 1)) return [`${place.path}: ${kind === 1 ? 'a list' : 'a map'} is needed`];
    const of = settled(kind === 1 ? members : schemas);
    return Object.entries(value as object).flatMap(([key, member]) =>
      complaints({ ...place, path: `${place.path}[${key}]` }, of, member),
    );
  }
  if (kind === 0) return simple(place, members as number, value);
  return structure(place, schema, value);
}

function structure(place: Place, schema: readonly unknown[], value: unknown): readonly string[] {
  const { path } = place;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: an object is needed`];
  const [, , name, , names, schemas, needed = 0] = schema as [
    number,
    string,
    string,
    unknown,
    readonly string[],
    readonly unknown[],
    number,
  ];
  const prefix = name.replace(/(Settings|Description|Request)$/, '').replace(/^Create/, '');
  const missing = names.slice(0, needed).filter((member) => !(member in value));
  const wrong = Object.entries(value).flatMap(([member, inner]) => {
    const index = names.indexOf(member);
    if (index < 0) return [`${path}.${member}: ${name} has no such member`];
    const below = { ...place, path: `${path}.${member}`, listed: `${prefix}${member} ${member}` };
    return complaints(below, settled(schemas[index]), inner);
  });
  return [...missing.map((member) => `${path}.${member}: is missing`), ...wrong];
}

/** Unwraps a schema from the function or the traits around it. */
function settled(schema: unknown): Schema {
  if (typeof schema === 'function') return settled((schema as () => unknown)());
  // Traits make it [schema, traits]; a schema itself is [kind, namespace, name, …] with a string in the second place.
  if (Array.isArray(schema) && typeof schema[1] !== 'string') return settled(schema[0]);
  return schema as Schema;
}

function simple(place: Place, schema: number, value: unknown): readonly string[] {
  const { client, path, listed } = place;
  if (schema >= LIST) {
    if (Array.isArray(value) !== schema < MAP) return [`${path}: ${schema < MAP ? 'a list' : 'a map'} is needed`];
    const of = schema - (schema < MAP ? LIST : MAP);
    return Object.values(value as object).flatMap((member) => simple(place, of, member));
  }
  const type = SIMPLE[schema];
  if (type !== undefined && typeof value !== type) return [`${path}: ${JSON.stringify(value)} is not a ${type}`];
  const values = listed
    .split(' ')
    .map((name) => client[name])
    .find((one) => typeof one === 'object' && one !== null);
  if (values === undefined || Array.isArray(values)) return [];
  const accepted = Object.values(values);
  return accepted.includes(value) ? [] : [`${path}: ${JSON.stringify(value)} is none of ${accepted.join(', ')}`];
}
