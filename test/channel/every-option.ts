import { z } from 'zod';
import { liveStreamSchema } from '../../lib/channel/live-stream';
import { exampleInput } from '../house/matrix/inputs';
import { KINDS } from '../house/matrix/kinds';

type Schema = z.core.$ZodType;
type Keys = readonly (string | number)[];

/** A place in a description where a value goes: an option, or a member of a list. */
export interface Place {
  /** The path in docs/configuration.md: `channels[].latency.gopSeconds`. */
  readonly documented: string;
  /** The path in a sentence: `channels[0].latency.gopSeconds`. */
  readonly path: string;
  readonly schema: Schema;
  /** Makes a description with a value there. The rest is valid as far as the value needs it. */
  readonly with: (value: unknown) => unknown;
}

/** An object of a description, which may hold keys that do not exist. */
export interface Group {
  readonly path: string;
  /** Its options, without the kind. */
  readonly options: readonly string[];
  /** Makes a description in which the object has these members. */
  readonly with: (members: Readonly<Record<string, unknown>>) => unknown;
}

interface Found {
  readonly places: readonly Place[];
  readonly groups: readonly Group[];
}

/** A chosen kind and its place. */
interface Choice {
  readonly at: Keys;
  readonly kind: string;
}

/** Lists every place and every group of a description, from the schema. */
export function everyOption(): Found {
  return within(liveStreamSchema, '', [], []);
}

/** A description that is valid. */
export const SOUND = { channels: [{ name: 'main', input: { kind: 'test-clip' } }] };

function within(schema: Schema, documented: string, keys: Keys, choices: readonly Choice[]): Found {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodDiscriminatedUnion) {
    return both(
      bare.options.map((member) => {
        const kind = kindOf(member);
        return within(member, `${documented}(${kind})`, keys, [...choices, { at: keys, kind }]);
      }),
    );
  }
  if (bare instanceof z.ZodUnion) return both(bare.options.map((member) => within(member, documented, keys, choices)));
  if (bare instanceof z.ZodArray) return member(bare.element, `${documented}[]`, [...keys, 0], choices);
  if (!(bare instanceof z.ZodObject)) return { places: [], groups: [] };
  const options = Object.entries(bare.shape as Record<string, Schema>).filter(([key]) => key !== 'kind');
  const group: Group = {
    path: pathOf(keys),
    options: options.map(([key]) => key),
    with: (members) =>
      placed(
        choices,
        Object.entries(members).map(([key, value]) => [[...keys, key], value]),
      ),
  };
  const members = options.map(([key, option]) =>
    member(option, documented === '' ? key : `${documented}.${key}`, [...keys, key], choices),
  );
  return both([{ places: [], groups: [group] }, ...members]);
}

function member(schema: Schema, documented: string, keys: Keys, choices: readonly Choice[]): Found {
  const place: Place = {
    documented,
    path: pathOf(keys),
    schema: unwrapped(schema),
    with: (value) => placed(choices, [[keys, value]]),
  };
  return both([{ places: [place], groups: [] }, within(schema, documented, keys, choices)]);
}

function both(found: readonly Found[]): Found {
  return { places: found.flatMap(({ places }) => places), groups: found.flatMap(({ groups }) => groups) };
}

/** Unwraps a schema from its default and its transformation. */
export function unwrapped(schema: Schema): Schema {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return unwrapped(schema.def.innerType);
  return schema instanceof z.ZodPipe ? unwrapped(schema.def.in) : schema;
}

function kindOf(schema: Schema): string {
  const kind = schema instanceof z.ZodObject ? (schema.shape as Record<string, Schema>)['kind'] : undefined;
  return kind instanceof z.ZodLiteral ? String(kind.value) : '';
}

function pathOf(keys: Keys): string {
  return keys
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

function placed(choices: readonly Choice[], values: readonly (readonly [Keys, unknown])[]): unknown {
  const chosen = choices.map(({ at, kind }) => [at, ofKind(kind)] as const);
  return [...chosen, ...values].reduce<unknown>((whole, [keys, value]) => set(whole, keys, value), SOUND);
}

/** Takes the first example of a kind of input; of any other kind, an object with the kind only. */
function ofKind(kind: string): object {
  return KINDS.input.includes(kind) ? exampleInput(kind, 1) : { kind };
}

/** Copies with a value at a path. Anything on the way that is no object or list becomes one. */
function set(whole: unknown, [key, ...rest]: Keys, value: unknown): unknown {
  if (key === undefined) return value;
  const inner = (whole as Readonly<Record<string | number, unknown>> | undefined)?.[key];
  const below = set(typeof inner === 'object' ? inner : undefined, rest, value);
  if (typeof key === 'string') return { ...(whole as object), [key]: below };
  const list = Array.isArray(whole) ? [...whole] : [];
  list[key] = below;
  return list;
}
