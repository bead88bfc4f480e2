/** A name with one value or several: how functions see query strings, headers and cookies. */
interface Field {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
  readonly attributes?: string;
}

/** Fields by name. */
export type Fields = Readonly<Record<string, Field>>;

/** Collects pairs (`a=1`) by their names. A repeated name becomes one field with several values. */
export function gathered(assignments: readonly string[]): Fields {
  const fields: Record<string, Field> = {};
  for (const assignment of assignments) {
    const [name = '', ...rest] = assignment.split('=');
    const value = rest.join('=');
    const known = fields[name];
    if (known === undefined) fields[name] = { value };
    else fields[name] = { value: known.value, multiValue: [...valuesOf(known), { value }] };
  }
  return fields;
}

/** Lists the names and values of fields. A field with several values gives as many pairs. */
export function pairs(fields: unknown): readonly (readonly [name: string, value: string])[] {
  return Object.entries(asFields(fields)).flatMap(([name, field]) =>
    valuesOf(field).map(({ value }) => [name, value] as const),
  );
}

/** Lists fields with lower-case names; the values of each are joined. */
export function joined(fields: unknown, separator: string): readonly (readonly [name: string, value: string])[] {
  return Object.entries(asFields(fields)).map(([name, field]) => [
    name.toLowerCase(),
    valuesOf(field)
      .map(({ value }) => value)
      .join(separator),
  ]);
}

/** Reads a function's fields. @throws Error when the value is not an object of objects. */
export function asFields(value: unknown): Fields {
  if (value === undefined || value === null) return {};
  return Object.fromEntries(Object.entries(asObject(value)).map(([name, field]) => [name, asField(field)]));
}

/** Reads an object that a function returned. @throws Error when it is something else. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) {
    throw new Error(`A function answered ${JSON.stringify(value)}; an object is needed.`);
  }
  return Object.fromEntries(Object.entries(value));
}

function asField(value: unknown): Field {
  const { value: single = '', multiValue, attributes } = asObject(value);
  const field: { -readonly [Key in keyof Field]: Field[Key] } = { value: String(single) };
  if (Array.isArray(multiValue)) {
    field.multiValue = multiValue.map((item) => ({ value: String(asObject(item)['value'] ?? '') }));
  }
  if (typeof attributes === 'string') field.attributes = attributes;
  return field;
}

function valuesOf({ value, multiValue }: Field): readonly { readonly value: string }[] {
  return multiValue ?? [{ value }];
}
