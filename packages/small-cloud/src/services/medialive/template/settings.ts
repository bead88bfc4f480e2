import { type Properties, UnsupportedError, type Value } from '../../../contract';
import { refused } from '../contract/service-error';

/** A setting that the local run accepts without effect. */
export interface WithoutEffect {
  /** Reason why the setting may be ignored. */
  readonly why: string;
  /** The only values that may be ignored; any value when left out. */
  readonly only?: readonly Value[];
}

/** Settings without effect, by path with `[]` for any index; an entry stands for everything below it as well. */
export type SettingsWithoutEffect = Readonly<Record<string, WithoutEffect>>;

/**
 * Reads the properties of a resource, and remembers which were read, so that {@link finish} can refuse the rest by
 * name. Numbers and Booleans may be given as strings, as template parameters are.
 */
export class Settings {
  private readonly seen = new Set<string>();
  private readonly inner = new Map<string, Settings>();

  constructor(
    private readonly values: Properties,
    readonly path = '',
  ) {}

  /** Returns the path of a setting: `Destinations[0].Id`. */
  at(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }

  has(key: string): boolean {
    return !isEmpty(this.values[key]);
  }

  /** Tells whether a key is there, even when it holds nothing: some settings are a choice by their presence. */
  holds(key: string): boolean {
    if (this.values[key] === undefined || this.values[key] === null) return false;
    this.seen.add(key);
    return true;
  }

  /** Reads a string that the local run has no use for. @throws ServiceError when it is no string. */
  ignore(key: string): void {
    if (this.has(key)) this.text(key);
  }

  /** Returns the value of a key without counting it as read, for rules about settings that have no effect. */
  glimpse(key: string): Value | undefined {
    return this.has(key) ? this.values[key] : undefined;
  }

  /**
   * Reads the `Name`, which CloudFormation calls optional and the service does not. @throws ServiceError without one.
   */
  name(): string {
    if (this.has('Name')) return this.text('Name');
    throw refused(`${this.at('Name')}: a non-empty name is required`);
  }

  /** Reads a string. @throws ServiceError when it is missing or no string. */
  text(key: string): string {
    const value = this.required(key);
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' ? value : this.wrong(key, 'a string');
  }

  /** Reads a number. @throws ServiceError when it is missing or no number. */
  number(key: string): number {
    const value = this.required(key);
    const number = typeof value === 'string' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : this.wrong(key, 'a number');
  }

  /**
   * Reads one of the values that are modelled; `otherwise` when it is left out.
   *
   * @throws UnsupportedError that names the setting and its value.
   */
  choice<T extends string>(key: string, modelled: readonly T[], otherwise?: T): T {
    if (!this.has(key) && otherwise !== undefined) return otherwise;
    const value = this.text(key);
    const known = modelled.find((candidate) => candidate === value);
    if (known !== undefined) return known;
    throw new UnsupportedError(
      `${this.at(key)}: ${value} is not modelled by the local run; it knows ${modelled.join(', ')}`,
    );
  }

  /** Returns the settings below a key. @throws ServiceError when there are none. */
  section(key: string): Settings {
    const value = this.required(key);
    return isObject(value) ? this.child(value, this.at(key)) : this.wrong(key, 'an object');
  }

  /** Returns the members of a list of settings; none when it is left out. */
  list(key: string): readonly Settings[] {
    return this.members(key).map((member, index) =>
      isObject(member) ? this.child(member, `${this.at(key)}[${index}]`) : this.wrong(key, 'a list of objects'),
    );
  }

  /**
   * Returns the only member of a list of settings.
   *
   * @throws ServiceError when there is none, UnsupportedError when there are more.
   */
  one(key: string): Settings {
    const [first, second] = this.list(key);
    if (first === undefined) {
      throw refused(`${this.at(key)}: none given; one is needed`);
    }
    if (second === undefined) return first;
    throw new UnsupportedError(`${second.path} is not modelled by the local run, which takes one`);
  }

  /** Reads a list of strings; none when it is left out. */
  texts(key: string): readonly string[] {
    return this.members(key).map((member) =>
      typeof member === 'string' ? member : this.wrong(key, 'a list of strings'),
    );
  }

  /** Reads a map of strings, such as tags; empty when it is left out. */
  map(key: string): Readonly<Record<string, string>> {
    this.seen.add(key);
    const value = this.values[key] ?? {};
    if (!isObject(value)) return this.wrong(key, 'a map');
    return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
  }

  /**
   * Refuses every setting that was not read and is not listed in `accepted`.
   *
   * @returns the paths, with `[]` for any index, that are accepted without effect.
   * @throws UnsupportedError that names the first setting that is not modelled.
   */
  finish(accepted: SettingsWithoutEffect = {}): readonly string[] {
    const own = Object.entries(this.values)
      .filter(([key, value]) => !this.seen.has(key) && !isEmpty(value))
      .map(([key, value]) => {
        const path = this.at(key);
        const anywhere = path.replaceAll(/\[\d+\]/g, '[]');
        const entry = accepted[anywhere];
        if (entry === undefined) {
          throw new UnsupportedError(
            `${path} is not modelled by the local run; leave it out to run this template locally`,
          );
        }
        if (entry.only !== undefined && !entry.only.includes(value)) {
          throw new UnsupportedError(
            `${path}: ${JSON.stringify(value)} is not modelled by the local run; it knows ${entry.only.join(', ')}`,
          );
        }
        return anywhere;
      });
    const below = [...this.inner.values()].flatMap((settings) => settings.finish(accepted));
    return [...new Set([...own, ...below])];
  }

  private members(key: string): readonly Value[] {
    this.seen.add(key);
    const value = this.values[key] ?? [];
    return Array.isArray(value) ? value : this.wrong(key, 'a list');
  }

  private child(values: Properties, path: string): Settings {
    const settings = this.inner.get(path) ?? new Settings(values, path);
    this.inner.set(path, settings);
    return settings;
  }

  private required(key: string): Value {
    this.seen.add(key);
    const value = this.values[key];
    if (value === undefined || value === null || value === '') {
      throw refused(`${this.at(key)} is missing`);
    }
    return value;
  }

  private wrong(key: string, needed: string): never {
    throw refused(`${this.at(key)}: ${JSON.stringify(this.values[key])} was given; ${needed} is needed`);
  }
}

function isObject(value: Value): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: Value | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
