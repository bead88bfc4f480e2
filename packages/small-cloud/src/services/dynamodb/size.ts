import { type Attribute, elements, type Item, members, scalar, setValues, typeOf } from './attribute';

/**
 * The size of an item in bytes: the names of its attributes and their values.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Item): number {
  return sum(Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + attributeBytes(value)));
}

/** The `size` of an attribute in expressions; undefined for types that have none. */
export function sizeInExpressions(attribute: Attribute): number | undefined {
  const [map, list, set] = [members(attribute), elements(attribute), setValues(attribute)];
  if (map !== undefined) return Object.keys(map).length;
  if (list !== undefined || set !== undefined) return (list ?? set)?.length;
  const type = typeOf(attribute);
  if (type === 'S') return Buffer.byteLength(scalar(attribute) ?? '');
  return type === 'B' ? Buffer.from(scalar(attribute) ?? '', 'base64').length : undefined;
}

function attributeBytes(attribute: Attribute): number {
  const [map, list, set] = [members(attribute), elements(attribute), setValues(attribute)];
  const type = typeOf(attribute);
  if (map !== undefined) return 3 + itemBytes(map) + Object.keys(map).length;
  if (list !== undefined) return 3 + sum(list.map((one) => 1 + attributeBytes(one)));
  if (set !== undefined) return sum(set.map((value) => scalarBytes(type, value)));
  const value = scalar(attribute);
  return value === undefined ? 1 : scalarBytes(type, value);
}

/** A number has a byte for two digits, and one more. */
function scalarBytes(type: string, value: string): number {
  if (type.startsWith('N')) return 1 + Math.ceil(value.replaceAll(/\D/g, '').length / 2);
  return type.startsWith('B') ? Buffer.from(value, 'base64').length : Buffer.byteLength(value);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
