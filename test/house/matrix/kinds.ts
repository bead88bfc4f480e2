import { z } from 'zod';
import { inputSchema } from '../../../lib/channel/input';
import { LADDER_PRESETS } from '../../../lib/channel/ladder-presets';
import { LATENCY_PRESETS } from '../../../lib/channel/latency';
import { liveStreamSchema } from '../../../lib/channel/live-stream';
import { originSchema } from '../../../lib/channel/origin';
import { BESIDE } from './expected-beside';
import { LADDERS, LATENCIES } from './expected-encoding';
import { INPUTS } from './expected-inputs';
import { ORIGINS } from './expected-origins';

type Schema = z.core.$ZodType;

/** The names of presets, of an enum or of the kinds of a union: what a schema lets an operator choose from. */
export function choices(schema: Schema): readonly string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return choices(schema.def.innerType);
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.flatMap(choices))];
  const kind = schema instanceof z.ZodObject ? (schema.shape as Record<string, Schema>)['kind'] : undefined;
  return kind instanceof z.ZodLiteral ? [String(kind.value)] : [];
}

/** The schema of an option, whatever is around it. */
function below(schema: Schema, ...path: readonly string[]): Schema {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return below(schema.def.innerType, ...path);
  if (schema instanceof z.ZodPipe) return below(schema.def.in, ...path);
  if (schema instanceof z.ZodArray) return below(schema.element, ...path);
  const [name, ...rest] = path;
  if (name === undefined) return schema;
  const member = schema instanceof z.ZodObject ? (schema.shape as Record<string, Schema>)[name] : undefined;
  if (member === undefined) throw new Error(`The schema has no ${name}`);
  return below(member, ...rest);
}

/** Options of a channel, which must be in the schema. */
function optionsOf(...names: readonly string[]): readonly string[] {
  return names.filter((name) => below(liveStreamSchema, 'channels', name) !== undefined);
}

/** Neither of two options, either, and both. */
function combinations(options: readonly string[]): readonly string[] {
  return ['nothing', ...options, options.join(' and ')];
}

/** Dimensions of the matrix, read from the schema, so that a member that is added later is included. */
export const KINDS = {
  input: choices(inputSchema),
  origin: choices(originSchema),
  redundancy: choices(below(liveStreamSchema, 'channels', 'redundancy')),
  ladder: Object.keys(LADDER_PRESETS),
  latency: Object.keys(LATENCY_PRESETS),
  beside: combinations(optionsOf('chat', 'polls')),
} as const;

/** The tables of what is expected, by axis; the tests begin with them having a row for everything there is. */
export const EXPECTED = {
  input: INPUTS,
  origin: ORIGINS,
  ladder: LADDERS,
  latency: LATENCIES,
  beside: BESIDE,
} as const;

/** The row of a table. @throws Error that says where to write it. */
export function expectedOf<A extends keyof typeof EXPECTED>(axis: A, kind: string): (typeof EXPECTED)[A][string] {
  const row = (EXPECTED[axis] as Readonly<Record<string, (typeof EXPECTED)[A][string]>>)[kind];
  if (row === undefined) {
    throw new Error(`${axis} ${kind}: say in test/house/matrix/expected-*.ts what it must come to`);
  }
  return row;
}
