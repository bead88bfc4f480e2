import type { Conditions, Presence } from './conditions';
import { type Choice, type Dimension, dependencies, type Sample } from './dimension';
import { isObject, type Json, type JsonObject } from './json';
import { Merge } from './merge';

/** The sections of a template that differ by what is chosen, and those that do not. */
export interface MergedTemplate {
  readonly sections: JsonObject;
  readonly conditions: Conditions;
  /** Merges other values of the same choices, into the same conditions. */
  readonly merge: Merge;
}

/** Sections whose members are there or not, and may have a condition. */
const CONDITIONAL = ['Resources', 'Outputs'] as const;
/** Where CloudFormation takes no function, so that nothing may differ, or all is said at once. */
const PLAIN = ['Type', 'DeletionPolicy', 'UpdateReplacePolicy'] as const;

/**
 * Makes one template of the templates of many choices. For every choice, what it comes to is that choice's template.
 *
 * @param refused - choices that have no template, because the description refuses them.
 */
export function mergeTemplates(
  dimensions: readonly Dimension[],
  samples: readonly Sample<JsonObject>[],
  refused: readonly Choice[],
): MergedTemplate {
  const merge = new Merge(dimensions, refused);
  const names = new Set(samples.flatMap(({ value }) => Object.keys(value)));
  const sections = Object.fromEntries(
    [...names].map((section): [string, Json] => {
      const values = samples.map(({ choice, value }) => ({ choice, value: value[section] }));
      if (CONDITIONAL.some((name) => name === section)) return [section, members(section, values)];
      const merged = merge.value(values, section);
      if (merged === undefined || JSON.stringify(merged).includes('Fn::If')) {
        throw new Error(`${section} differs, and CloudFormation takes no condition there`);
      }
      return [section, merged];
    }),
  );
  return { sections, conditions: merge.conditions, merge };

  function members(section: string, values: readonly Sample<Json | undefined>[]): JsonObject {
    const ids = new Set(values.flatMap(({ value }) => (isObject(value) ? Object.keys(value) : [])));
    return Object.fromEntries([...ids].map((id) => [id, member(`${section}.${id}`, id, values)]));
  }

  function member(at: string, id: string, values: readonly Sample<Json | undefined>[]): JsonObject {
    const all = values.map(({ choice, value }) => ({ choice, value: isObject(value) ? value[id] : undefined }));
    const presence = merge.presence(
      all.map(({ choice, value }) => ({ choice, value: value !== undefined })),
      at,
    );
    const there = all.flatMap(({ choice, value }) => (isObject(value) ? [{ choice, value }] : []));
    requireVaried(at, all, there);
    const of = (key: string) => there.map(({ choice, value }) => ({ choice, value: value[key] }));
    const keys = [...new Set(there.flatMap(({ value }) => Object.keys(value)))];
    const merged = keys.map((key): [string, Json] => {
      if (key === 'DependsOn') return [key, union(of(key))];
      if (key === 'Description') return [key, said(of(key))];
      if (key === 'Metadata') return [key, Object.assign({}, ...of(key).map(({ value }) => value))];
      const value = merge.value(of(key), `${at}.${key}`) ?? '';
      if (PLAIN.some((name) => name === key) && typeof value !== 'string') {
        throw new Error(`${at}.${key} differs, and CloudFormation takes no condition there`);
      }
      return [key, value];
    });
    return { ...condition(id, presence), ...Object.fromEntries(merged) };
  }

  function condition(id: string, presence: Presence): JsonObject {
    return typeof presence === 'boolean' ? {} : { Condition: merge.conditions.expression(`Has${id}`, presence) };
  }

  /** What is there for some choices must have been looked at with all that may be chosen beside them. */
  function requireVaried(
    at: string,
    all: readonly Sample<Json | undefined>[],
    there: readonly Sample<JsonObject>[],
  ): void {
    const by = dependencies(dimensions, all, (value) => String(value !== undefined));
    for (const { name, options } of dimensions) {
      if (by.includes(name)) continue;
      const seen = new Set(there.map(({ choice }) => choice[name]));
      const impossible = new Set(
        refused
          .filter((choice) => by.every((one) => there.some((sample) => sample.choice[one] === choice[one])))
          .map((choice) => choice[name]),
      );
      if (options.some((option) => !seen.has(option.name) && !impossible.has(option.name))) {
        throw new Error(`${at} is there for some choices only, and ${name} was not varied with them`);
      }
    }
  }
}

/** CloudFormation passes over what a condition leaves out. */
function union(values: readonly Sample<Json | undefined>[]): Json {
  return [...new Set(values.flatMap(({ value }) => (value === undefined ? [] : [value].flat())))];
}

/** A description is plain text: where it differs, it says all that it may be. */
function said(values: readonly Sample<Json | undefined>[]): string {
  return [...new Set(values.map(({ value }) => String(value)))].join(' / ');
}
