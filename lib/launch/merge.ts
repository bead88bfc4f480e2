import { aligned } from './aligned';
import { Conditions, or, type Presence } from './conditions';
import { type Choice, type Dimension, dependencies, type Sample } from './dimension';
import { delimiterOf, joinedParts, joinedText, pieces, together } from './joined';
import { identity, intrinsic, isObject, type Json, type JsonObject } from './json';
import { explain, isListOfObjects, sameLength, shorter, type ValueSample } from './value-samples';

/** Keys of which an object has one. CDK's validation does not see that two, each in an Fn::If, are never there at once. */
const ONE_OF = ['S3OriginConfig', 'CustomOriginConfig'];

const NO_VALUE: Json = { Ref: 'AWS::NoValue' };

/** The place of samples that are split, and the dimensions on which the whole of them depends. */
interface Split {
  readonly at: string;
  readonly known: readonly string[];
}

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

  /**
   * Returns the merged value of all samples; undefined when none has one.
   *
   * @param known - dimensions on which the value is known to depend. @default those that the samples show
   */
  value(samples: readonly ValueSample[], at: string, known: readonly string[] = []): Json | undefined {
    const [first, ...others] = samples;
    if (first === undefined) return undefined;
    if (others.every(({ value }) => identity(value) === identity(first.value))) return first.value;
    return this.inside(samples, at, known) ?? shorter(this.choose(samples, at, known), this.padded(samples, at, known));
  }

  /** Returns the expression of the choices whose samples are true. */
  presence(samples: readonly Sample<boolean>[], at: string, known: readonly string[] = []): Presence {
    const there = samples.filter(({ value }) => value).length;
    if (there === 0 || there === samples.length) return there > 0;
    const { dimension, needed, parts } = this.split(samples, String, { at, known });
    const groups = new Map<string, { readonly presence: Presence; readonly options: string[] }>();
    for (const { option, samples: part } of parts) {
      const presence = this.presence(part, at, needed);
      const group = groups.get(JSON.stringify(presence));
      if (group === undefined) groups.set(JSON.stringify(presence), { presence, options: [option] });
      else group.options.push(option);
    }
    const [only, ...different] = groups.values();
    if (only !== undefined && different.length === 0) return only.presence;
    const members = [...groups.values()].flatMap(({ presence, options }): readonly Json[] => {
      if (presence === false) return [];
      const chosen = { Condition: this.conditions.oneOf(dimension, options) };
      return presence === true ? [chosen] : [{ 'Fn::And': [chosen, presence] }];
    });
    return or(members);
  }

  /** Merges objects by their keys, lists of one length by their members, and joined strings by their parts. */
  private inside(samples: readonly ValueSample[], at: string, known: readonly string[]): Json | undefined {
    const values = samples.map(({ value }) => value);
    if (values.every((value) => isObject(value) && intrinsic(value) === undefined)) {
      if (ONE_OF.every((key) => values.some((value) => isObject(value) && key in value))) return undefined;
      return this.object(samples as readonly Sample<JsonObject>[], at, known);
    }
    if (values.every((value) => Array.isArray(value))) {
      return this.list(samples as readonly Sample<readonly Json[]>[], at, known);
    }
    const between = delimiterOf(values[0]);
    if (between === undefined || values.some((value) => identity(delimiterOf(value)) !== identity(between))) {
      return undefined;
    }
    const joins = samples.map(({ choice, value }) => ({ choice, value: joinedParts(value) }));
    const merged = sameLength(joins) || between !== '' ? this.list(joins, at, known) : this.joined(joins, at, known);
    return merged && { 'Fn::Join': [between, merged] };
  }

  /** Merges lists member by member; undefined where they differ in length. */
  private list(
    samples: readonly Sample<readonly Json[]>[],
    at: string,
    known: readonly string[],
  ): readonly Json[] | undefined {
    if (!sameLength(samples)) return undefined;
    return (samples[0]?.value ?? []).map((_, index) => {
      const members = samples.map(({ choice, value }) => ({ choice, value: value[index] }));
      return this.value(members, `${at}.${index}`, known) ?? NO_VALUE;
    });
  }

  /** Merges lists of objects by place, with members that only some choices have; undefined for other values. */
  private padded(samples: readonly ValueSample[], at: string, known: readonly string[]): Json | undefined {
    if (!samples.every(isListOfObjects)) return undefined;
    const longest = Math.max(...samples.map(({ value }) => value.length));
    return Array.from({ length: longest }, (_, index) => {
      const there = samples.map(({ choice, value }) => ({ choice, value: value.length > index }));
      const members = samples.flatMap(({ choice, value }) =>
        value.length > index ? [{ choice, value: value[index] }] : [],
      );
      const merged = this.value(members, `${at}.${index}`, known) ?? NO_VALUE;
      const presence = this.presence(there, `${at}.${index}`, known);
      if (typeof presence === 'boolean') return merged;
      const name = this.conditions.expression(`Has${at.replace(/\W/g, '')}${index}`, presence);
      return { 'Fn::If': [name, merged, NO_VALUE] };
    });
  }

  /** Merges the parts of joined strings of different lengths around what all of them share. */
  private joined(
    samples: readonly Sample<readonly Json[]>[],
    at: string,
    known: readonly string[],
  ): readonly Json[] | undefined {
    const lists = new Map(samples.map(({ value }) => [identity(value), value.flatMap(pieces)]));
    const stretches = aligned([...lists.values()], identity);
    if (!stretches.some(({ kind }) => kind === 'common')) return undefined;
    const order = [...lists.keys()];
    return stretches.flatMap((stretch, index) => {
      if (stretch.kind === 'common') return together(stretch.members);
      const members = samples.map(({ choice, value }) => ({
        choice,
        value: joinedText(together(stretch.members[order.indexOf(identity(value))] ?? [])),
      }));
      return [this.value(members, `${at}.${index}`, known) ?? ''];
    });
  }

  private object(samples: readonly Sample<JsonObject>[], at: string, known: readonly string[]): JsonObject {
    const keys = new Set(samples.flatMap(({ value }) => Object.keys(value)));
    return Object.fromEntries(
      [...keys].map((key) => {
        const members = samples.map(({ choice, value }) => ({ choice, value: value[key] }));
        return [key, this.value(members, `${at}.${key}`, known) ?? NO_VALUE];
      }),
    );
  }

  private choose(samples: readonly ValueSample[], at: string, known: readonly string[]): Json {
    const { dimension, needed, parts } = this.split(samples, identity, { at, known });
    const results = new Map<string, { readonly value: Json; readonly options: string[] }>();
    for (const { option, samples: part } of parts) {
      const value = this.value(part, at, needed) ?? NO_VALUE;
      const result = results.get(identity(value));
      if (result === undefined) results.set(identity(value), { value, options: [option] });
      else result.options.push(option);
    }
    const [most, ...others] = [...results.values()].sort((one, other) => other.options.length - one.options.length);
    return others.reduce<Json>(
      (rest, { value, options }) => ({ 'Fn::If': [this.conditions.oneOf(dimension, options), value, rest] }),
      most?.value ?? NO_VALUE,
    );
  }

  /**
   * Splits the samples by the options of the first dimension on which they depend. In a part, there may be no two samples
   * that differ in nothing but the dimension which makes their difference: the whole has shown it.
   */
  private split<T>(samples: readonly Sample<T>[], text: (value: T) => string, { at, known }: Split) {
    const shown = dependencies(this.dimensions, samples, text);
    const varied = known.filter((name) => new Set(samples.map(({ choice }) => choice[name])).size > 1);
    const needed = explain(shown, samples, text) ? shown : [...new Set([...shown, ...varied])];
    const dimension = this.dimensions.find(({ name }) => needed.includes(name));
    if (dimension === undefined) throw new Error(`${at} differs, and no dimension says by what`);
    this.requireAll(needed, samples, at);
    const parts = dimension.options.flatMap(({ name: option }) => {
      const part = samples.filter(({ choice }) => choice[dimension.name] === option);
      return part.length === 0 ? [] : [{ option, samples: part }];
    });
    return { dimension: dimension.name, needed, parts };
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
