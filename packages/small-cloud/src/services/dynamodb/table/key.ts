import { createHash } from 'node:crypto';
import { AwsError } from '../../kit/aws-error';
import { type Item, scalar, typeOf } from '../attribute';
import type { KeyAttribute, TableSettings } from './table-settings';

/** The parts of a table that make a key. */
export type KeySchema = Pick<TableSettings, 'hash' | 'range'>;

const LIMIT_BYTES = { hash: 2048, range: 1024 } as const;

/** The attributes of the key, hash first. */
export function keyAttributes({ hash, range }: KeySchema): readonly KeyAttribute[] {
  return range === undefined ? [hash] : [hash, range];
}

/** The key of an item. @throws AwsError ValidationException for one that is missing, or of another type. */
export function keyOf(schema: KeySchema, item: Item): Item {
  for (const { name, type } of keyAttributes(schema)) {
    const value = item[name];
    if (value === undefined) throw invalid(`Missing the key ${name} in the item`);
    const actual = typeOf(value);
    if (actual !== type) throw invalid(`Type mismatch for key ${name} expected: ${type} actual: ${actual}`);
  }
  refuseLengths(schema, item);
  return Object.fromEntries(keyAttributes(schema).map(({ name }) => [name, item[name] ?? {}]));
}

/** Checks a key that a caller gave. @throws AwsError ValidationException for one that does not fit the table. */
export function checkedKey(schema: KeySchema, key: Item): Item {
  const attributes = keyAttributes(schema);
  const fits = attributes.every(({ name, type }) => {
    const value = key[name];
    return value !== undefined && typeOf(value) === type;
  });
  if (!fits || Object.keys(key).length !== attributes.length) {
    throw refused('The provided key element does not match the schema');
  }
  refuseLengths(schema, key);
  return key;
}

/** The identity of a key within its table. */
export function keyText(schema: KeySchema, key: Item): string {
  return JSON.stringify(keyAttributes(schema).map(({ name }) => scalar(key[name] ?? {})));
}

/** The place of a key in a scan, which has no order that a caller could rely on. */
export function scanPlace(schema: KeySchema, key: Item): string {
  return createHash('sha256').update(keyText(schema, key)).digest('hex');
}

/** @throws AwsError ValidationException for an empty or a long value. */
function refuseLengths({ hash, range }: KeySchema, key: Item): void {
  for (const [part, attribute] of [
    ['hash', hash],
    ['range', range],
  ] as const) {
    if (attribute === undefined || attribute.type === 'N') continue;
    const value = scalar(key[attribute.name] ?? {}) ?? '';
    const bytes = attribute.type === 'B' ? Buffer.from(value, 'base64').length : Buffer.byteLength(value);
    if (bytes === 0) {
      const kind = attribute.type === 'S' ? 'string' : 'binary';
      throw refused(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${attribute.name}`,
      );
    }
    if (bytes > LIMIT_BYTES[part]) {
      const name = part === 'hash' ? 'hashkey' : 'rangekey';
      throw invalid(`Size of ${name} has exceeded the maximum size limit of ${LIMIT_BYTES[part]} bytes`);
    }
  }
}

function invalid(sentence: string): AwsError {
  return refused(`One or more parameter values were invalid: ${sentence}`);
}

function refused(sentence: string): AwsError {
  return new AwsError('ValidationException', sentence);
}
