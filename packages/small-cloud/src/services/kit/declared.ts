import { type ResourceRequest, UnsupportedError, type Value } from '../../contract';

/** A value is missing, or of another type than it must be. An API answers 400 to it. */
export class WrongValueError extends Error {
  override readonly name = 'WrongValueError';

  /** @param code - the name of the error for an AWS SDK. */
  constructor(
    message: string,
    readonly code = 'ValidationException',
  ) {
    super(message);
  }
}

/**
 * The properties of one resource, or of one object inside them, read by name. It remembers what was read, and
 * {@link Declared.end} refuses the rest: nothing that a template says is ignored without a line of code that says so.
 *
 * Numbers and booleans may also be given as text (`'300'`, `'true'`), as CloudFormation allows.
 */
export class Declared {
  private readonly seen = new Set<string>();
  private readonly parts: Declared[] = [];
  private readonly object: { readonly [key: string]: Value };

  /** @param path - how a message names this object: `Edge.DistributionConfig.Origins[0]`. */
  constructor(
    value: Value,
    readonly path: string,
  ) {
    if (typeof value !== 'object' || value === null || isList(value)) {
      throw new WrongValueError(`${path}: an object is expected.`);
    }
    this.object = value;
  }

  /** The properties of a resource, named by its logical id. */
  static of(request: ResourceRequest): Declared {
    return new Declared(request.properties, request.logicalId);
  }

  /** The raw value; null counts as absent. */
  value(key: string): Value | undefined {
    this.seen.add(key);
    return this.object[key] ?? undefined;
  }

  maybeText(key: string): string | undefined {
    const value = this.value(key);
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw this.wrong(key, 'a text');
  }

  text(key: string): string {
    return this.maybeText(key) ?? this.missing(key);
  }

  maybeNumber(key: string): number | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || Number.isNaN(number)) throw this.wrong(key, 'a number');
    return number;
  }

  number(key: string): number {
    return this.maybeNumber(key) ?? this.missing(key);
  }

  /** A whole number within a range. */
  whole(key: string, least: number, most: number, fallback: number): number {
    const number = this.maybeNumber(key) ?? fallback;
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw this.wrong(key, `a whole number from ${least} to ${most}`);
  }

  /** A boolean; false when absent. */
  flag(key: string): boolean {
    const value = this.value(key) ?? false;
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw this.wrong(key, 'true or false');
  }

  /** A list of texts; a single text counts as a list of one, absent as an empty one. */
  texts(key: string): readonly string[] {
    const value = this.value(key) ?? [];
    const list = isList(value) ? value : [value];
    if (!list.every((item) => typeof item === 'string')) throw this.wrong(key, 'a list of texts');
    return list;
  }

  /** A nested object; undefined when absent. */
  maybePart(key: string): Declared | undefined {
    const value = this.value(key);
    return value === undefined ? undefined : this.track(new Declared(value, `${this.path}.${key}`));
  }

  part(key: string): Declared {
    return this.maybePart(key) ?? this.missing(key);
  }

  /** A nested object; an empty one when absent. */
  section(key: string): Declared {
    return this.maybePart(key) ?? new Declared({}, `${this.path}.${key}`);
  }

  /** A list of objects; empty when absent. */
  list(key: string): readonly Declared[] {
    const value = this.value(key) ?? [];
    if (!isList(value)) throw this.wrong(key, 'a list');
    return value.map((item, index) => this.track(new Declared(item, `${this.path}.${key}[${index}]`)));
  }

  /** One of a closed set of texts. @throws UnsupportedError for any other. */
  oneOf<const T extends string>(key: string, options: readonly T[], fallback?: T): T {
    const text = this.maybeText(key) ?? fallback ?? this.missing(key);
    const option = options.find((candidate) => candidate === text);
    if (option === undefined) throw this.unsupported(key, `"${text}" is not; known: ${options.join(', ')}`);
    return option;
  }

  /** Properties that are accepted because they change nothing that the local run does. */
  withoutEffect(...keys: readonly string[]): this {
    for (const key of keys) this.seen.add(key);
    return this;
  }

  /** Properties that are accepted only while they say nothing: absent, false, empty. */
  onlyEmpty(...keys: readonly string[]): this {
    for (const key of keys) {
      const value = this.value(key) ?? '';
      if (!(value === '' || value === false || (isList(value) && value.length === 0))) throw this.unsupported(key);
    }
    return this;
  }

  /** @throws UnsupportedError naming the first property, here or in any part, that nobody read. */
  end(): void {
    for (const key of Object.keys(this.object)) if (!this.seen.has(key)) throw this.unsupported(key);
    for (const part of this.parts) part.end();
  }

  unsupported(key: string, detail?: string): UnsupportedError {
    const what =
      detail === undefined ? 'is not modelled by the local run' : `is modelled by the local run, but ${detail}`;
    return new UnsupportedError(`${this.path}.${key} ${what}. Leave it out to run here, or try this template on AWS.`);
  }

  private track(part: Declared): Declared {
    this.parts.push(part);
    return part;
  }

  private missing(key: string): never {
    throw new WrongValueError(`${this.path}.${key} is required.`);
  }

  private wrong(key: string, expected: string): Error {
    return new WrongValueError(
      `${this.path}.${key}: ${expected} is expected, not ${JSON.stringify(this.object[key])}.`,
    );
  }
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
