import { isDeepStrictEqual } from 'node:util';
import { type Attribute, elements, scalar, setValues, typeOf } from './attribute';
import { compareNumbers } from './decimal';

/** Tells whether two attributes have one type and one value. */
export function isEqual(one: Attribute, other: Attribute): boolean {
  return isDeepStrictEqual(one, other);
}

/**
 * Orders two strings by their bytes, two numbers by their values, two binaries by their bytes. Undefined for attributes of
 * different types, and for types without an order.
 */
export function order(one: Attribute, other: Attribute): number | undefined {
  const type = typeOf(one);
  const [a, b] = [scalar(one), scalar(other)];
  if (a === undefined || b === undefined || type !== typeOf(other)) return undefined;
  if (type === 'N') return compareNumbers(a, b);
  const encoding = type === 'B' ? 'base64' : 'utf8';
  return Buffer.compare(Buffer.from(a, encoding), Buffer.from(b, encoding));
}

/** Tells whether a string or a binary begins with another. */
export function beginsWith(whole: Attribute, start: Attribute): boolean {
  const type = typeOf(whole);
  const [a, b] = [scalar(whole), scalar(start)];
  if (a === undefined || b === undefined || type !== typeOf(start) || type === 'N') return false;
  if (type === 'S') return a.startsWith(b);
  const [bytes, first] = [Buffer.from(a, 'base64'), Buffer.from(b, 'base64')];
  return bytes.subarray(0, first.length).equals(first);
}

/** Tells whether a string has a part, a set a value, or a list an element. */
export function contains(whole: Attribute, part: Attribute): boolean {
  const value = scalar(part);
  const [list, set] = [elements(whole), setValues(whole)];
  if (list !== undefined) return list.some((element) => isEqual(element, part));
  if (set !== undefined) return typeOf(whole) === `${typeOf(part)}S` && value !== undefined && set.includes(value);
  return typeOf(whole) === 'S' && typeOf(part) === 'S' && (scalar(whole) ?? '').includes(value ?? '');
}
