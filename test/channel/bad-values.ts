import { z } from 'zod';
import { unwrapped } from './every-option';

type Schema = z.core.$ZodType;

/** A value that an option must refuse, and the words for it in the sentence. */
export interface BadValue {
  readonly value: unknown;
  readonly called: string;
}

const OF_TYPES: Readonly<Record<string, BadValue>> = {
  text: { value: 'no such thing', called: '"no such thing"' },
  number: { value: 42, called: '42' },
  flag: { value: false, called: 'false' },
  list: { value: [], called: 'a list' },
  object: { value: {}, called: 'an object' },
  bigint: { value: 7n, called: '7' },
  symbol: { value: Symbol('s'), called: 'Symbol(s)' },
};

/** The type of an option by that of the only value that it takes. */
const OF_LITERALS: Readonly<Record<string, string>> = { number: 'number', boolean: 'flag' };

/** Lists null, and a value of every type that the option does not take. */
export function wrongTypes(schema: Schema): readonly BadValue[] {
  const taken = typesOf(schema);
  const others = Object.entries(OF_TYPES).filter(([type]) => !taken.includes(type));
  return [{ value: null, called: 'null' }, ...others.map(([, bad]) => bad)];
}

/** Lists values of the right type that an option must refuse; none for an object, whose options have their own. */
export function outOfRange(schema: Schema): readonly BadValue[] {
  if (schema instanceof z.ZodEnum) return ['no such thing', ''].map(asText);
  if (schema instanceof z.ZodLiteral) return schema.values.has(1) ? [] : [{ value: 1, called: '1' }];
  if (schema instanceof z.ZodUnion && !(schema instanceof z.ZodDiscriminatedUnion)) {
    const texts = schema.options.map(unwrapped).filter((member) => typesOf(member).includes('text'));
    return texts.every((member) => member instanceof z.ZodEnum) && texts.length > 0 ? [asText('no such thing')] : [];
  }
  if (!(schema instanceof z.ZodNumber)) return [];
  const whole =
    schema.def.checks?.some((check) => check._zod.def.check === 'number_format') || schema.format === 'safeint';
  const { minValue, maxValue } = schema;
  if (minValue === null || maxValue === null) return [];
  const numbers = [
    minValue - 1,
    maxValue + 1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    ...(whole ? [minValue + 0.5] : []),
  ];
  return numbers.map((value) => ({ value, called: String(value) }));
}

/** Strings of which every string option must refuse at least one. */
export const GARBAGE = ['', ' ', '\n', '\u0000', 'ä'.repeat(10_000)] as const;

function asText(value: string): BadValue {
  return { value, called: JSON.stringify(value) };
}

/** Lists the types that a schema takes. */
function typesOf(schema: Schema): readonly string[] {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodUnion) return bare.options.flatMap(typesOf);
  if (bare instanceof z.ZodEnum || bare instanceof z.ZodString) return ['text'];
  if (bare instanceof z.ZodNumber) return ['number'];
  if (bare instanceof z.ZodBoolean) return ['flag'];
  if (bare instanceof z.ZodArray) return ['list'];
  if (bare instanceof z.ZodObject) return ['object'];
  if (bare instanceof z.ZodLiteral) {
    return [...bare.values].map((value) => OF_LITERALS[typeof value] ?? 'text');
  }
  return [];
}
