import type { Choice, Dimension, Sample } from './dimension';
import { defaults, dependencies } from './dimension';
import { FREE_TEXTS } from './free-texts';
import { identity, isObject, type Json, type JsonObject } from './json';
import type { Merge } from './merge';
import { textsIn } from './texts';

/** Placeholder for the hash of the settings, which differs in every template. */
const SETTINGS = 'settings.placeholder.invalid';
const QUIESCE = 'Custom::Quiesce';
/** Types of resources that cannot be changed while the channel runs. */
const BAKED = ['AWS::MediaLive::Channel', 'AWS::MediaLive::Input'];

/** A deploy template with a placeholder in place of the hash of its settings, and the settings themselves. */
export interface Settled {
  readonly template: JsonObject;
  /** The hash, and the placeholders of the typed values that are baked into the channel. */
  readonly settings: readonly Json[];
}

/** Takes the settings out of a deploy template. */
export function withoutSettings(template: JsonObject): Settled {
  const resources = Object.values(object(template['Resources'])).map(object);
  const quiesce = resources.find(({ Type }) => Type === QUIESCE);
  const hash = object(quiesce?.['Properties'])['Settings'];
  if (typeof hash !== 'string') throw new Error('The template has no settings');
  const baked = resources.filter(({ Type }) => BAKED.some((type) => type === Type));
  return {
    template: JSON.parse(JSON.stringify(template).replaceAll(`"${hash}"`, `"${SETTINGS}"`)) as JsonObject,
    settings: [hash, ...textsIn(baked, FREE_TEXTS).map(({ placeholder }) => placeholder)],
  };
}

/**
 * Returns a channel's settings in the launch template: a list of hashes, one for each dimension that changes them, and of
 * the values that the operator types. The function makes one hash of the list.
 */
export function settingsList(
  merge: Merge,
  dimensions: readonly Dimension[],
  samples: readonly Sample<readonly Json[]>[],
): Json {
  const base = defaults(dimensions);
  const varied = (...names: string[]) =>
    samples.filter(({ choice }) => Object.keys(base).every((name) => names.includes(name) || same(choice, base, name)));
  const ofInput = merge.value(varied('Input', 'Redundancy'), 'Settings') ?? [];
  const others = dimensions
    .map(({ name }) => name)
    .filter((name) => name !== 'Input' && name !== 'Redundancy')
    .map((name) => varied(name).map(({ choice, value }) => ({ choice, value: value[0] })))
    .filter((ofOne) => dependencies(dimensions, ofOne, identity).length > 0)
    .map((ofOne) => merge.value(ofOne, 'Settings') ?? '');
  return [ofInput, ...others];
}

/** Inserts the settings into the resources: the list itself into Quiesce, and elsewhere the hash that Quiesce returns. */
export function withSettings(resources: JsonObject, settings: Json): JsonObject {
  const [quiesce] = Object.entries(resources).find(([, resource]) => object(resource)['Type'] === QUIESCE) ?? [];
  if (quiesce === undefined) throw new Error(`The template has no ${QUIESCE}`);
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [
      id,
      replaced(resource, id === quiesce ? settings : { 'Fn::GetAtt': [quiesce, 'Settings'] }),
    ]),
  );
}

function replaced(value: Json, by: Json): Json {
  if (value === SETTINGS) return by;
  if (Array.isArray(value)) return value.map((member) => replaced(member, by));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, by)]));
}

function same(choice: Choice, base: Choice, name: string): boolean {
  return choice[name] === base[name];
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
