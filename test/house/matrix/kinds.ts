import { z } from 'zod';
import { inputSchema } from '../../../lib/channel/input';
import { LADDER_PRESETS } from '../../../lib/channel/ladder';
import { LATENCY_PRESETS } from '../../../lib/channel/latency';
import { liveChannelSchema } from '../../../lib/channel/live-channel';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { originSchema } from '../../../lib/channel/origin';

type Schema = z.core.$ZodType;
type Channel = LiveStreamInput['channels'][number];

/** The names of presets, of an enum or of the kinds of a union: what a schema lets an operator choose from. */
export function choices(schema: Schema): readonly string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return choices(schema.def.innerType);
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.flatMap(choices))];
  const kind = schema instanceof z.ZodObject ? (schema.shape as Record<string, Schema>)['kind'] : undefined;
  return kind instanceof z.ZodLiteral ? [String(kind.value)] : [];
}

/** What the matrix is made of, read from the schema: a member that is added later is in it. */
export const KINDS = {
  inputs: choices(inputSchema),
  origins: choices(originSchema),
  redundancies: choices(liveChannelSchema.shape.redundancy) as readonly NonNullable<Channel['redundancy']>[],
  ladders: Object.keys(LADDER_PRESETS) as readonly (keyof typeof LADDER_PRESETS)[],
  latencies: Object.keys(LATENCY_PRESETS) as readonly (keyof typeof LATENCY_PRESETS)[],
} as const;

/** Kinds of origin that need more than their name. */
const ORIGIN_OPTIONS: Readonly<Record<string, object>> = {};

/** An origin as an operator describes it with no more than is needed. */
export function leastOrigin(kind: string): LiveStreamInput['origin'] {
  const options = ORIGIN_OPTIONS[kind];
  const described = options === undefined && originSchema.safeParse(kind).success ? kind : { kind, ...options };
  const { data } = originSchema.safeParse(described);
  if (data !== undefined) return described as LiveStreamInput['origin'];
  throw new Error(`An origin of kind ${kind} needs options: add the fewest to ORIGIN_OPTIONS in ${__filename}.`);
}
