import { isList, isObject, type JsonObject, type Value } from '../../contract';
import { AwsError } from '../kit/aws-error';
import { canonicalNumber } from './decimal';

/** The types of attributes. */
export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'M' | 'L' | 'SS' | 'NS' | 'BS';

/** A checked attribute: its type and its value, in DynamoDB's JSON. Numbers and sets are in their canonical forms. */
export type Attribute = JsonObject;

/** An item, or a key: attributes by name. */
export type Item = Readonly<Record<string, Attribute>>;

/** The deepest nesting of lists and maps. */
const DEPTH_LIMIT = 32;

const CHECKS: Readonly<Record<AttributeType, (value: Value, depth: number) => Value | undefined>> = {
  S: (value) => (typeof value === 'string' ? value : undefined),
  N: (value) => (typeof value === 'string' ? canonicalNumber(value) : undefined),
  B: (value) => (typeof value === 'string' ? Buffer.from(value, 'base64').toString('base64') : undefined),
  BOOL: (value) => (typeof value === 'boolean' ? value : undefined),
  NULL: (value) => (value === true ? value : undefined),
  M: (value, depth) => (isObject(value) ? checkedItem(value, depth + 1) : undefined),
  L: (value, depth) => (isList(value) ? value.map((item) => checkedAttribute(item, depth + 1)) : undefined),
  SS: (value) => checkedSet('string', value, (one) => one),
  NS: (value) => checkedSet('number', value, canonicalNumber),
  BS: (value) => checkedSet('binary', value, (one) => Buffer.from(one, 'base64').toString('base64')),
};

/**
 * Checks an attribute that a caller gave.
 *
 * @throws AwsError ValidationException for a value without a type, or of another type than it says.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
 */
export function checkedAttribute(given: Value | undefined, depth = 0): Attribute {
  const [type, ...more] = isObject(given) ? Object.keys(given) : [];
  if (!isObject(given) || type === undefined || !isType(type)) {
    throw refused('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
  if (more.length > 0) {
    throw refused(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  if (depth > DEPTH_LIMIT) throw refused('Nesting Levels have exceeded supported limits');
  const value = CHECKS[type](given[type] ?? null, depth);
  if (value !== undefined) return { [type]: value };
  throw new AwsError('SerializationException', `The value of an attribute of type ${type} has another type`);
}

/** Checks all attributes of an item or a key. @throws AwsError ValidationException. */
export function checkedItem(given: Value | undefined, depth = 0): Item {
  if (!isObject(given)) throw refused('The item is missing, or is not a map of attributes');
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, checkedAttribute(value, depth)]));
}

export function typeOf(attribute: Attribute): AttributeType {
  const [type = ''] = Object.keys(attribute);
  if (isType(type)) return type;
  throw new Error(`${type} is no type of an attribute`);
}

/** The value of a string, a number or a binary; undefined for every other type. */
export function scalar(attribute: Attribute): string | undefined {
  const { S, N, B } = attribute;
  const value = S ?? N ?? B;
  return typeof value === 'string' ? value : undefined;
}

/** The attributes inside a map; undefined for every other type. */
export function members(attribute: Attribute): Item | undefined {
  const { M } = attribute;
  return M !== undefined && isObject(M) ? (M as Item) : undefined;
}

/** The attributes inside a list; undefined for every other type. */
export function elements(attribute: Attribute): readonly Attribute[] | undefined {
  const { L } = attribute;
  return L !== undefined && isList(L) ? (L as readonly Attribute[]) : undefined;
}

/** The values of a set; undefined for every other type. */
export function setValues(attribute: Attribute): readonly string[] | undefined {
  const values = attribute['SS'] ?? attribute['NS'] ?? attribute['BS'];
  return values !== undefined && isList(values) ? values.map(String) : undefined;
}

function isType(name: string): name is AttributeType {
  return Object.hasOwn(CHECKS, name);
}

/** Checks a set, and sorts it, so that equal sets are equal. */
function checkedSet(kind: string, value: Value, canonical: (one: string) => string): readonly string[] | undefined {
  if (!isList(value) || !value.every((one) => typeof one === 'string')) return undefined;
  if (value.length === 0) {
    throw refused(`One or more parameter values were invalid: An ${kind} set  may not be empty`);
  }
  const values = value.map(canonical).sort();
  if (new Set(values).size < values.length) {
    const given = `[${value.join(', ')}]`;
    throw refused(`One or more parameter values were invalid: Input collection ${given} contains duplicates.`);
  }
  return values;
}

function refused(sentence: string): AwsError {
  return new AwsError('ValidationException', sentence);
}
