import { Conditions, or, type Presence } from './conditions';
import { type Choice, type Dimension, dependencies, type Sample } from './dimension';
import { identity, intrinsic, isObject, type Json, type JsonObject } from './json';

const NO_VALUE: Json = { Ref: 'AWS::NoValue' };

type ValueSample = Sample<Json | undefined>;

/**
 * Merges the values that different choices have into one. Equal values stay as they are. Different values become a chain
 * of Fn::If over the dimensions on which they depend.
 *
 * A value that depends on dimensions which no samples vary together is an error that names them. Nothing is guessed.
 */
export class Merge {
  readonly conditions: Conditions;

  /** @param refused - choices that are not possible. Their values do not matter. */
  constructor(
    private readonly dimensions: readonly Dimension[],
    private readonly refused: readonly Choice[],
  ) {
    this.conditions = new Conditions(dimensions);
  }

  /** Returns the merged value of all samples; undefined when none has one. */
  value(samples: readonly ValueSample[], at: string): Json | undefined {
    const [first, ...others] = samples;
    if (first === undefined) return undefined;
    if (others.every(({ value }) => identity(value) === identity(first.value))) return first.value;
    return this.inside(samples, at) ?? this.choose(samples, at);
  }

  /** Returns the expression of the choices whose samples are true. */
  presence(samples: readonly Sample<boolean>[], at: string): Presence {
    const there = samples.filter(({ value }) => value).length;
    if (there === 0 || there === samples.length) return there > 0;
    const { dimension, parts } = this.split(samples, String, at);
    const groups = new Map<string, { readonly presence: Presence; readonly options: string[] }>();
    for (const { option, samples: part } of parts) {
      const presence = this.presence(part, at);
      const known = groups.get(JSON.stringify(presence));
      if (known === undefined) groups.set(JSON.stringify(presence), { presence, options: [option] });
      else known.options.push(option);
    }
    const members = [...groups.values()].flatMap(({ presence, options }): readonly Json[] => {
      if (presence === false) return [];
      const chosen = { Condition: this.conditions.oneOf(dimension, options) };
      return presence === true ? [chosen] : [{ 'Fn::And': [chosen, presence] }];
    });
    return or(members);
  }

  /** Merges objects by their keys, lists of one length by their members, and joined strings by their parts. */
  private inside(samples: readonly ValueSample[], at: string): Json | undefined {
    const values = samples.map(({ value }) => value);
    if (values.every((value) => isObject(value) && intrinsic(value) === undefined)) {
      return this.object(samples as readonly Sample<JsonObject>[], at);
    }
    if (values.every((value) => Array.isArray(value))) {
      const lists = samples as readonly Sample<readonly Json[]>[];
      const length = lists[0]?.value.length ?? 0;
      if (lists.some(({ value }) => value.length !== length)) return undefined;
      return Array.from({ length }, (_, index) => {
        const members = lists.map(({ choice, value }) => ({ choice, value: value[index] }));
        return this.value(members, `${at}.${index}`) ?? NO_VALUE;
      });
    }
    const calls = values.map((value) => intrinsic(value));
    const sameDelimiter = calls.every(
      (call) => call?.[0] === 'Fn::Join' && identity(delimiter(call[1])) === identity(delimiter(calls[0]?.[1])),
    );
    if (!sameDelimiter) return undefined;
    const joins = samples.map(({ choice, value }) => ({ choice, value: intrinsic(value)?.[1] }));
    const merged = this.inside(joins, at);
    return Array.isArray(merged) && Array.isArray(merged[1]) ? { 'Fn::Join': merged } : undefined;
  }

  private object(samples: readonly Sample<JsonObject>[], at: string): JsonObject {
    const keys = new Set(samples.flatMap(({ value }) => Object.keys(value)));
    return Object.fromEntries(
      [...keys].map((key) => {
        const members = samples.map(({ choice, value }) => ({ choice, value: value[key] }));
        return [key, this.value(members, `${at}.${key}`) ?? NO_VALUE];
      }),
    );
  }

  private choose(samples: readonly ValueSample[], at: string): Json {
    const { dimension, parts } = this.split(samples, identity, at);
    const results = new Map<string, { readonly value: Json; readonly options: string[] }>();
    for (const { option, samples: part } of parts) {
      const value = this.value(part, at) ?? NO_VALUE;
      const known = results.get(identity(value));
      if (known === undefined) results.set(identity(value), { value, options: [option] });
      else known.options.push(option);
    }
    const [most, ...others] = [...results.values()].sort((one, other) => other.options.length - one.options.length);
    return others.reduce<Json>(
      (rest, { value, options }) => ({ 'Fn::If': [this.conditions.oneOf(dimension, options), value, rest] }),
      most?.value ?? NO_VALUE,
    );
  }

  /** Splits the samples by the options of the first dimension on which they depend. */
  private split<T>(samples: readonly Sample<T>[], text: (value: T) => string, at: string) {
    const needed = dependencies(this.dimensions, samples, text);
    const dimension = this.dimensions.find(({ name }) => needed.includes(name));
    if (dimension === undefined) throw new Error(`${at} differs, and no dimension says by what`);
    this.requireAll(needed, samples, at);
    const parts = dimension.options.flatMap(({ name: option }) => {
      const part = samples.filter(({ choice }) => choice[dimension.name] === option);
      return part.length === 0 ? [] : [{ option, samples: part }];
    });
    return { dimension: dimension.name, parts };
  }

  /** Requires a sample of each possible combination of the dimensions on which a value depends. */
  private requireAll(needed: readonly string[], samples: readonly Sample<unknown>[], at: string): void {
    const combination = (choice: Choice) => needed.map((name) => choice[name]).join(' + ');
    const sampled = new Set(samples.map(({ choice }) => combination(choice)));
    const impossible = new Set(this.refused.map(combination));
    const seen = (name: string) => new Set(samples.map(({ choice }) => choice[name] ?? ''));
    const all = needed.reduce<readonly Choice[]>(
      (choices, name) => choices.flatMap((choice) => [...seen(name)].map((option) => ({ ...choice, [name]: option }))),
      [{}],
    );
    const missing = all.map(combination).find((name) => !sampled.has(name) && !impossible.has(name));
    if (missing !== undefined) {
      throw new Error(`${at} depends on ${needed.join(' and ')}, and there is no sample of ${missing}`);
    }
  }
}

function delimiter(argument: Json | undefined): Json | undefined {
  return Array.isArray(argument) ? argument[0] : undefined;
}
