import { isList, isObject, type Properties, type ResourceRequest, UnsupportedError, type Value } from '../../contract';
import { notModelled } from './not-modelled';
import { isEmpty, PropertyValues } from './property-values';
import type { SettingsWithoutEffect } from './without-effect';

/**
 * Reads the properties of a resource, or of one object inside them, by name. It remembers what was read, and
 * {@link PropertyReader.end} or {@link PropertyReader.finish} refuses the rest: no property of a template is ignored
 * without a line of code that says so.
 *
 * Numbers and Booleans may also be given as strings (`'300'`, `'true'`), as CloudFormation allows.
 */
export class PropertyReader extends PropertyValues {
  private readonly inner = new Map<string, this>();

  /** Reads the properties of a resource, named by its logical id. */
  static of(request: ResourceRequest): PropertyReader {
    return new PropertyReader(request.properties, request.logicalId);
  }

  /** A nested object; undefined when absent. */
  maybePart(key: string): this | undefined {
    const value = this.given(key);
    if (value === undefined) return undefined;
    return isObject(value) ? this.child(value, this.at(key)) : this.wrong(key, 'an object');
  }

  part(key: string): this {
    return this.maybePart(key) ?? this.missing(key);
  }

  /** A nested object; an empty one when absent. */
  section(key: string): this {
    return this.maybePart(key) ?? this.child({}, this.at(key));
  }

  /** A list of objects; empty when absent. */
  list(key: string): readonly this[] {
    const value = this.value(key) ?? [];
    if (!isList(value)) return this.wrong(key, 'a list');
    return value.map((item, index) =>
      isObject(item) ? this.child(item, `${this.at(key)}[${index}]`) : this.wrong(key, 'a list of objects'),
    );
  }

  /** The only object of a list. @throws UnsupportedError when there are more. */
  one(key: string): this {
    const [first, second] = this.list(key);
    if (first === undefined) throw this.refusal(`${this.at(key)}: none given; one is needed`);
    if (second !== undefined) throw notModelled(second.path, { advice: 'Give one' });
    return first;
  }

  /** Accepts properties that change nothing in the local run. */
  withoutEffect(...keys: readonly string[]): this {
    for (const key of keys) this.seen.add(key);
    return this;
  }

  /** Accepts properties only while they say nothing: absent, false, empty. */
  onlyEmpty(...keys: readonly string[]): this {
    for (const key of keys) {
      const value = this.value(key) ?? '';
      if (value !== false && !isEmpty(value)) throw this.unsupported(key);
    }
    return this;
  }

  /** @throws UnsupportedError that names every property of this object that was not read, or those of one inside it. */
  end(): void {
    const strangers = this.keys().filter((key) => !this.seen.has(key));
    if (strangers.length > 0) {
      throw notModelled(
        strangers.map((key) => this.at(key)),
        { advice: LEAVE_OUT },
      );
    }
    for (const part of this.inner.values()) part.end();
  }

  /**
   * Refuses what says something, was not read, and is not among the accepted settings.
   *
   * @returns the paths, with `[]` for any index, that are accepted without effect.
   * @throws UnsupportedError that names the first setting that is not modelled.
   */
  finish(accepted: SettingsWithoutEffect = {}): readonly string[] {
    const own = this.keys().filter((key) => !this.seen.has(key) && this.has(key));
    const paths = own.map((key) => this.accept(key, accepted));
    const below = [...this.inner.values()].flatMap((part) => part.finish(accepted));
    return [...new Set([...paths, ...below])];
  }

  /**
   * Makes the error for a property that is not modelled.
   *
   * @param detail - what of it is not modelled, when the rest is: `"RAIN" is not`.
   */
  unsupported(key: string, detail?: string): UnsupportedError {
    if (detail === undefined) return notModelled(this.at(key), { advice: LEAVE_OUT });
    return new UnsupportedError(`${this.at(key)} is modelled by the local run, but ${detail}. ${LEAVE_OUT}`);
  }

  private accept(key: string, accepted: SettingsWithoutEffect): string {
    const path = this.at(key).replaceAll(/\[\d+\]/g, '[]');
    const entry = accepted[path];
    const value = this.object[key] ?? null;
    if (entry === undefined) throw this.unsupported(key);
    if (entry.only === undefined || entry.only.includes(value)) return path;
    throw notModelled(this.at(key), { given: JSON.stringify(value), known: entry.only });
  }

  private child(value: Properties, path: string): this {
    const Reader = this.constructor as new (value: Value, path: string) => this;
    const part = this.inner.get(path) ?? new Reader(value, path);
    this.inner.set(path, part);
    return part;
  }
}

const LEAVE_OUT = 'Leave it out, or deploy the template to AWS';
