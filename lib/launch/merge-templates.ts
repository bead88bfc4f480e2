import type { Conditions, Presence } from './conditions';
import { type Choice, type Dimension, dependencies, type Sample } from './dimension';
import { isObject, type Json, type JsonObject } from './json';
import { Merge } from './merge';
import type { ValueSample } from './value-samples';

/** A template that is merged from those of many choices. */
export interface MergedTemplate {
  readonly sections: JsonObject;
  readonly conditions: Conditions;
  /** Merges other values of the same choices, into the same conditions. */
  readonly merge: Merge;
}

/** Choices of which the merged template is made. */
interface Choices {
  readonly dimensions: readonly Dimension[];
  /** Choices that have no template, because the description refuses them. */
  readonly refused: readonly Choice[];
}

/** Sections whose members may have a condition. */
const CONDITIONAL = ['Resources', 'Outputs'] as const;
/** Section whose members do no harm where nothing refers to them. */
const CONDITIONS = 'Conditions';
/** Attributes in which CloudFormation accepts no function, so that they must not differ. */
const PLAIN = ['Type', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy'] as const;

/**
 * Merges the templates of many choices into one. For every choice, the merged template evaluates to that choice's
 * template.
 *
 * @param refused - choices that have no template, because the description refuses them.
 */
export function mergeTemplates(
  dimensions: readonly Dimension[],
  samples: readonly Sample<JsonObject>[],
  refused: readonly Choice[],
): MergedTemplate {
  const merge = new Merge(dimensions, refused);
  const members = new Members(merge, { dimensions, refused });
  const sections: Record<string, Json> = {};
  for (const section of new Set(samples.flatMap(({ value }) => Object.keys(value)))) {
    const values = samples.map(({ choice, value }) => ({ choice, value: value[section] }));
    if (CONDITIONAL.some((name) => name === section)) sections[section] = members.section(section, values);
    else if (section === CONDITIONS) sections[section] = everywhere(values);
    else sections[section] = withoutChoice(section, merge.value(values, section));
  }
  return { sections, conditions: merge.conditions, merge };
}

/** Returns the members of all choices. @throws Error when one of them differs. */
function everywhere(values: readonly ValueSample[]): JsonObject {
  const all: Record<string, Json> = {};
  for (const [name, member] of values.flatMap(({ value }) => (isObject(value) ? Object.entries(value) : []))) {
    const known = all[name] ?? member;
    if (JSON.stringify(known) !== JSON.stringify(member)) throw new Error(`The condition ${name} differs`);
    all[name] = known;
  }
  return all;
}

/** @throws Error when a section differs in which CloudFormation accepts no condition. */
function withoutChoice(section: string, merged: Json | undefined): Json {
  if (merged === undefined || JSON.stringify(merged).includes('Fn::If')) {
    throw new Error(`${section} differs, and CloudFormation takes no condition there`);
  }
  return merged;
}

/** Merges the members of sections: resources and Outputs. */
class Members {
  constructor(
    private readonly merge: Merge,
    private readonly choices: Choices,
  ) {}

  section(section: string, values: readonly ValueSample[]): JsonObject {
    const ids = new Set(values.flatMap(({ value }) => (isObject(value) ? Object.keys(value) : [])));
    return Object.fromEntries([...ids].map((id) => [id, this.member(`${section}.${id}`, id, values)]));
  }

  private member(at: string, id: string, values: readonly ValueSample[]): JsonObject {
    const all = values.map(({ choice, value }) => ({ choice, value: isObject(value) ? value[id] : undefined }));
    const presence = this.merge.presence(
      all.map(({ choice, value }) => ({ choice, value: value !== undefined })),
      at,
    );
    const present = all.flatMap(({ choice, value }) => (isObject(value) ? [{ choice, value }] : []));
    requireVaried(at, { all, present }, this.choices);
    const merged: Record<string, Json> = {};
    for (const key of new Set(present.flatMap(({ value }) => Object.keys(value)))) {
      merged[key] = this.attribute(
        `${at}.${key}`,
        key,
        present.map(({ choice, value }) => ({ choice, value: value[key] })),
      );
    }
    return { ...merged, ...this.condition(id, presence, merged['Condition']) };
  }

  private attribute(at: string, key: string, values: readonly ValueSample[]): Json {
    if (key === 'DependsOn') return union(values);
    if (key === 'Description') return alternatives(values);
    if (key === 'Metadata') return Object.assign({}, ...values.map(({ value }) => value));
    const value = this.merge.value(values, at) ?? '';
    if (PLAIN.some((name) => name === key) && typeof value !== 'string') {
      throw new Error(`${at} differs, and CloudFormation takes no condition there`);
    }
    return value;
  }

  /** @param own - name of the condition that it has in every choice. */
  private condition(id: string, presence: Presence, own: Json | undefined): JsonObject {
    if (typeof presence === 'boolean') return {};
    const expression = own === undefined ? presence : { 'Fn::And': [{ Condition: own }, presence] };
    return { Condition: this.merge.conditions.expression(`Has${id}`, expression) };
  }
}

/**
 * Requires that a member which is present for some choices only was sampled with all possible options of the other
 * dimensions.
 *
 * @throws Error that names the member and the dimension.
 */
function requireVaried(
  at: string,
  { all, present }: { readonly all: readonly ValueSample[]; readonly present: readonly Sample<JsonObject>[] },
  { dimensions, refused }: Choices,
): void {
  const deciding = dependencies(dimensions, all, (value) => String(value !== undefined));
  const refusedHere = refused.filter((choice) =>
    deciding.every((name) => present.some((sample) => sample.choice[name] === choice[name])),
  );
  for (const { name, options } of dimensions) {
    if (deciding.includes(name)) continue;
    const seen = new Set(present.map(({ choice }) => choice[name]));
    const impossible = new Set(refusedHere.map((choice) => choice[name]));
    if (options.some((option) => !seen.has(option.name) && !impossible.has(option.name))) {
      throw new Error(`${at} is there for some choices only, and ${name} was not varied with them`);
    }
  }
}

/** Returns all dependencies. CloudFormation ignores those that a condition leaves out. */
function union(values: readonly ValueSample[]): Json {
  return [...new Set(values.flatMap(({ value }) => (value === undefined ? [] : [value].flat())))];
}

/** Returns a description with all alternatives, because CloudFormation accepts only plain text there. */
function alternatives(values: readonly ValueSample[]): string {
  return [...new Set(values.map(({ value }) => String(value)))].join(' / ');
}
