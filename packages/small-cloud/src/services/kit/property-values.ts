import { isList, isObject, type Properties, type Value } from '../../contract';
import { AwsError } from './aws-error';
import { notModelled } from './not-modelled';

/**
 * Reads the values of one object by their names and remembers which were read. A value is required unless the method's
 * name or its comment says otherwise.
 */
export class PropertyValues {
  protected readonly seen = new Set<string>();
  protected readonly object: Properties;

  /** @param path - how a message names this object: `Edge.DistributionConfig.Origins[0]`; empty for none. */
  constructor(
    value: Value,
    readonly path: string,
  ) {
    if (!isObject(value)) throw this.refusal(`${path}: ${JSON.stringify(value)} was given; an object is needed`);
    this.object = value;
  }

  /** The path of a property: `Destinations[0].Id`. */
  at(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }

  /** The names of all properties. */
  keys(): readonly string[] {
    return Object.keys(this.object);
  }

  /** Tells whether a property says something: it is there and not empty. Does not count as reading it. */
  has(key: string): boolean {
    return !isEmpty(this.object[key]);
  }

  /** Tells whether a property is there, even an empty one, where its presence is the choice. */
  holds(key: string): boolean {
    return (this.value(key) ?? undefined) !== undefined;
  }

  /** The value of a property without counting it as read, for rules about settings that have no effect. */
  glimpse(key: string): Value | undefined {
    return this.has(key) ? this.object[key] : undefined;
  }

  /** The raw value; null counts as absent. */
  value(key: string): Value | undefined {
    this.seen.add(key);
    return this.object[key] ?? undefined;
  }

  maybeText(key: string): string | undefined {
    const value = this.given(key);
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return this.wrong(key, 'a string');
  }

  text(key: string): string {
    return this.maybeText(key) ?? this.missing(key);
  }

  maybeNumber(key: string): number | undefined {
    const value = this.given(key);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : this.wrong(key, 'a number');
  }

  number(key: string): number {
    return this.maybeNumber(key) ?? this.missing(key);
  }

  /** A whole number within a range. */
  whole(key: string, least: number, most: number, fallback: number): number {
    const number = this.maybeNumber(key) ?? fallback;
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    return this.wrong(key, `a whole number from ${least} to ${most}`);
  }

  /** A Boolean; false when absent. */
  flag(key: string): boolean {
    const value = this.value(key) ?? false;
    if (typeof value === 'boolean') return value;
    return value === 'true' || value === 'false' ? value === 'true' : this.wrong(key, 'true or false');
  }

  /** A list of strings; a single string counts as a list of one, absent as an empty one. */
  texts(key: string): readonly string[] {
    const value = this.value(key) ?? [];
    const list = isList(value) ? value : [value];
    if (list.every((item) => typeof item === 'string')) return list;
    return this.wrong(key, 'a list of strings');
  }

  /** A map of strings, such as tags; empty when absent. */
  map(key: string): Readonly<Record<string, string>> {
    const value = this.value(key) ?? {};
    if (!isObject(value)) return this.wrong(key, 'a map');
    return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
  }

  /** One of the strings that are modelled. @throws UnsupportedError for any other. */
  oneOf<const T extends string>(key: string, known: readonly T[], fallback?: T): T {
    const text = this.maybeText(key) ?? fallback ?? this.missing(key);
    const option = known.find((candidate) => candidate === text);
    if (option === undefined) throw notModelled(this.at(key), { given: text, known });
    return option;
  }

  /** Makes the error for a value that is missing, or of another type than it must be. */
  protected refusal(sentence: string): Error {
    return new AwsError('ValidationException', sentence);
  }

  /** The value of a property that must say something when it is there. */
  protected given(key: string): Value | undefined {
    return this.value(key);
  }

  protected missing(key: string): never {
    throw this.refusal(`${this.at(key)} is missing`);
  }

  protected wrong(key: string, needed: string): never {
    throw this.refusal(`${this.at(key)}: ${JSON.stringify(this.object[key])} was given; ${needed} is needed`);
  }
}

/** Tells whether a value says nothing: absent, an empty string, an empty list or object. */
export function isEmpty(value: Value | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
