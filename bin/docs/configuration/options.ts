import { z } from 'zod';
import { type FieldNotes, notesOf } from '../../../lib/channel/field';
import { liveStreamSchema } from '../../../lib/channel/live-stream';

type Schema = z.core.$ZodType;

/** One option of the description, as its schema declares it. */
export interface Option {
  /** `channels[].input(rtmp-push).allowedCidrs`. */
  readonly path: string;
  /** Type and range, in Markdown. */
  readonly type: string;
  readonly required: boolean;
  /** The default in Markdown; undefined where there is none, or where each member has its own. */
  readonly fallback: string | undefined;
  readonly notes: FieldNotes | undefined;
}

/**
 * The members of unions that were listed already. Where a kind of input is possible in a second place, its options are
 * those of the first.
 */
type Listed = Set<Schema>;

/** All options, in the order of the schema. */
export function allOptions(): readonly Option[] {
  return options(liveStreamSchema, '', new Set());
}

/** The paths of all options. */
export function optionPaths(): readonly string[] {
  return allOptions().map(({ path }) => path);
}

function options(schema: Schema, path: string, listed: Listed): readonly Option[] {
  const { bare, required, fallback } = unwrap(schema);
  const below = members(bare, path, listed);
  if (path === '') return below;
  return [{ path, type: typeText(bare), required, fallback, notes: notesOf(schema) }, ...below];
}

function members(schema: Schema, path: string, listed: Listed): readonly Option[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape as Record<string, Schema>)
      .filter(([key]) => key !== 'kind')
      .flatMap(([key, member]) => options(member, path === '' ? key : `${path}.${key}`, listed));
  }
  if (schema instanceof z.ZodArray) return members(unwrap(schema.element).bare, `${path}[]`, listed);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return schema.options.flatMap((member) => {
      if (listed.has(member)) return [];
      listed.add(member);
      return members(member, `${path}(${kindOf(member)})`, listed);
    });
  }
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((member) => members(unwrap(member).bare, path, listed));
  }
  return [];
}

function unwrap(schema: Schema): { bare: Schema; required: boolean; fallback: string | undefined } {
  if (schema instanceof z.ZodDefault) {
    return { ...unwrap(schema.def.innerType), required: false, fallback: defaultText(schema.def.defaultValue) };
  }
  if (schema instanceof z.ZodOptional) return { ...unwrap(schema.def.innerType), required: false };
  if (schema instanceof z.ZodPipe) return unwrap(schema.def.in);
  return { bare: schema, required: true, fallback: undefined };
}

function defaultText(value: unknown): string | undefined {
  if (Array.isArray(value)) return `\`[${value.map(literal).join(', ')}]\``;
  // The members of an object have their defaults in rows of their own.
  return typeof value === 'object' ? undefined : `\`${literal(value)}\``;
}

function typeText(schema: Schema): string {
  if (schema instanceof z.ZodEnum) return schema.options.map(code).join(' or ');
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(code).join(' or ');
  if (schema instanceof z.ZodDiscriminatedUnion) return 'object with a `kind`';
  if (schema instanceof z.ZodUnion) return schema.options.map((member) => typeText(unwrap(member).bare)).join(' or ');
  if (schema instanceof z.ZodNumber) return numberText(schema);
  if (schema instanceof z.ZodArray) return `list of ${typeText(unwrap(schema.element).bare)}`;
  if (schema instanceof z.ZodObject) return 'object';
  if (schema instanceof z.ZodBoolean) return '`true` or `false`';
  return 'string';
}

function numberText(schema: z.ZodNumber): string {
  const isWhole =
    schema.def.checks?.some((check) => check._zod.def.check === 'number_format') || schema.format === 'safeint';
  return `${isWhole ? 'whole number' : 'number'} ${schema.minValue} to ${schema.maxValue}`;
}

function kindOf(schema: Schema): string {
  const kind = schema instanceof z.ZodObject ? (schema.shape as Record<string, Schema>)['kind'] : undefined;
  return kind instanceof z.ZodLiteral ? String(kind.value) : '';
}

function code(value: unknown): string {
  return `\`${literal(value)}\``;
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}
