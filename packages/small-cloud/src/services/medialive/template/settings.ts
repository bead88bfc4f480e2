import { type Properties, UnsupportedError, type Value } from '../../../contract';
import { ServiceError } from '../contract/service-error';

/** A setting that the local run takes and does nothing with. */
export interface WithoutEffect {
  /** Why that is right here. */
  readonly why: string;
  /** The only values for which it is right; any value when left out. */
  readonly only?: readonly Value[];
}

/** Settings without effect, by path with `[]` for any index; an entry stands for everything below it as well. */
export type SettingsWithoutEffect = Readonly<Record<string, WithoutEffect>>;

/**
 * Reads the properties of a resource and keeps count of what was read, so that {@link finish} can refuse the rest by
 * name. Numbers and booleans may come as text, as template parameters do.
 */
export class Settings {
  private readonly seen = new Set<string>();
  private readonly inner = new Map<string, Settings>();

  constructor(
    private readonly values: Properties,
    readonly path = '',
  ) {}

  /** The path of a setting: `Destinations[0].Id`. */
  at(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }

  has(key: string): boolean {
    return !isEmpty(this.values[key]);
  }

  /** Whether a key is there, even when it holds nothing, as settings do that are a choice by themselves. */
  holds(key: string): boolean {
    if (this.values[key] === undefined || this.values[key] === null) return false;
    this.seen.add(key);
    return true;
  }

  /** The value of a key without counting it as read, for rules about settings that have no effect. */
  glimpse(key: string): Value | undefined {
    return this.has(key) ? this.values[key] : undefined;
  }

  /** The `Name`, which CloudFormation calls optional and the service does not. @throws ServiceError without one. */
  name(): string {
    if (this.has('Name')) return this.text('Name');
    throw new ServiceError('UnprocessableEntityException', `${this.at('Name')}: a non-empty name is required`);
  }

  /** @throws ServiceError when it is missing or no text. */
  text(key: string): string {
    const value = this.required(key);
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' ? value : this.wrong(key, 'a text');
  }

  /** @throws ServiceError when it is missing or no number. */
  number(key: string): number {
    const value = this.required(key);
    const number = typeof value === 'string' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : this.wrong(key, 'a number');
  }

  /**
   * One of the values that are modelled; `otherwise` when it is left out.
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

  /** The settings below a key. @throws ServiceError when there are none. */
  section(key: string): Settings {
    const value = this.required(key);
    return isObject(value) ? this.child(value, this.at(key)) : this.wrong(key, 'an object');
  }

  /** The members of a list of settings; none when it is left out. */
  list(key: string): readonly Settings[] {
    return this.members(key).map((member, index) =>
      isObject(member) ? this.child(member, `${this.at(key)}[${index}]`) : this.wrong(key, 'a list of objects'),
    );
  }

  /**
   * The only member of a list of settings.
   *
   * @throws ServiceError when there is none, UnsupportedError when there are more.
   */
  one(key: string): Settings {
    const [first, second] = this.list(key);
    if (first === undefined) {
      throw new ServiceError('UnprocessableEntityException', `${this.at(key)}: none given; one is needed`);
    }
    if (second === undefined) return first;
    throw new UnsupportedError(`${second.path} is not modelled by the local run, which takes one`);
  }

  /** The members of a list of texts; none when it is left out. */
  texts(key: string): readonly string[] {
    return this.members(key).map((member) =>
      typeof member === 'string' ? member : this.wrong(key, 'a list of texts'),
    );
  }

  /** A map of texts, such as tags; empty when it is left out. */
  map(key: string): Readonly<Record<string, string>> {
    this.seen.add(key);
    const value = this.values[key] ?? {};
    if (!isObject(value)) return this.wrong(key, 'a map');
    return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
  }

  /**
   * Refuses what nobody read and `accepted` does not list.
   *
   * @returns the paths, with `[]` for any index, that are taken without effect.
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
            `${path} is not modelled by the local run; leave it out to run this template here`,
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
      throw new ServiceError('UnprocessableEntityException', `${this.at(key)} is missing`);
    }
    return value;
  }

  private wrong(key: string, needed: string): never {
    throw new ServiceError(
      'UnprocessableEntityException',
      `${this.at(key)}: ${JSON.stringify(this.values[key])} was given; ${needed} is needed`,
    );
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
