import { z } from 'zod';
import { type FieldNotes, notesOf } from '../../lib/channel/field';
import { LADDER_PRESETS } from '../../lib/channel/ladder-presets';
import { LATENCY_PRESETS, streamTiming } from '../../lib/channel/latency';
import { liveStreamSchema } from '../../lib/channel/live-stream';
import type { Rendition } from '../../lib/channel/rendition';

type Schema = z.core.$ZodType;

/** One option as the reference lists it. */
interface Option {
  readonly path: string;
  readonly type: string;
  readonly fallback: string;
  readonly notes: FieldNotes | undefined;
}

/** The reference of all options, as Markdown, made from the schema that checks them. */
export function configurationMarkdown(): string {
  return [
    '# Configuration',
    '',
    '<!-- Generated from lib/channel by `npm run docs`; a test keeps it current. Edit the schema, not this file. -->',
    '',
    'The description of the live channels is plain data: `bin/channels.ts`, or any TypeScript or JSON file that is named',
    'with `-c config=FILE` (for `npx cdk`) or `--config FILE` (for `npm start`). What is not listed here is refused.',
    '',
    '| option | type and range | default | what it is, and what it does |',
    '|---|---|---|---|',
    ...options(liveStreamSchema, '', new Set()).map(row),
    '',
    '## Ladder presets',
    '',
    '| preset | renditions, from the lowest bitrate | frames/s | why |',
    '|---|---|---|---|',
    ...Object.entries(LADDER_PRESETS).map(
      ([name, { renditions, frameRate, why }]) =>
        `| \`${name}\` | ${renditions.map(renditionText).join(', ') || 'none'} | ${frameRate} | ${why} |`,
    ),
    '',
    '## Latency presets',
    '',
    'Everything that is a duration in the stream comes from this table. The target is how far behind the live edge a',
    'player plays; encoding, packaging and delivery come on top of it.',
    '',
    '| preset | GOP | segment | LL-HLS part | window | target with segments | target with parts | manifests cached | segments cached |',
    '|---|---|---|---|---|---|---|---|---|',
    ...Object.keys(LATENCY_PRESETS).map((name) => {
      const timing = streamTiming(name as keyof typeof LATENCY_PRESETS);
      const { playerTargetSeconds: target, manifestCacheSeconds: cached } = timing;
      return `| \`${name}\` | ${timing.gopSeconds} s | ${timing.segmentSeconds} s | about ${timing.partSeconds} s | ${timing.manifestWindowSeconds} s | ${target.segments} s | ${target.parts} s | at most ${cached.segments} s | ${timing.segmentCacheSeconds / 86_400} days |`;
    }),
    '',
    'MediaPackage cuts LL-HLS parts itself and takes no setting for them; half a GOP is what the local run does.',
    '',
  ].join('\n');
}

function renditionText({ codec, width, height, bitrate, profile }: Rendition): string {
  const how = codec === 'hevc' ? 'HEVC' : profile;
  return `${width}x${height} ${bitrate / 1000} kbit/s ${how}`;
}

/**
 * The members of unions that were listed already: where a kind of input is possible in a second place, its options are
 * those of the first.
 */
type Listed = Set<Schema>;

/** The paths of all options, as docs/configuration.md lists them. */
export function optionPaths(): readonly string[] {
  return options(liveStreamSchema, '', new Set()).map(({ path }) => path);
}

function row({ path, type, fallback, notes }: Option): string {
  const text = [
    notes?.what,
    notes?.effect,
    notes?.local,
    notes?.see === undefined ? undefined : `[More](${notes.see})`,
  ];
  const words = text.filter((part) => part !== undefined).join(' ');
  const unit = notes?.unit === undefined ? '' : `, ${notes.unit}`;
  return `| \`${path}\` | ${type}${unit} | ${fallback} | ${words} |`;
}

function options(schema: Schema, path: string, listed: Listed): readonly Option[] {
  const { bare, fallback } = unwrap(schema);
  const here: Option = { path, type: typeText(bare), fallback, notes: notesOf(schema) };
  const below = members(bare, path, listed);
  return path === '' ? below : [here, ...below];
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

function unwrap(schema: Schema): { bare: Schema; fallback: string } {
  if (schema instanceof z.ZodDefault) {
    return { ...unwrap(schema.def.innerType), fallback: code(schema.def.defaultValue) };
  }
  if (schema instanceof z.ZodOptional) return { ...unwrap(schema.def.innerType), fallback: 'see text' };
  if (schema instanceof z.ZodPipe) return unwrap(schema.def.in);
  return { bare: schema, fallback: 'needed' };
}

function typeText(schema: Schema): string {
  if (schema instanceof z.ZodEnum) return schema.options.map(code).join(' or ');
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(code).join(' or ');
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return schema.options.map((member) => `\`{ kind: '${kindOf(member)}' … }\``).join(' or ');
  }
  if (schema instanceof z.ZodUnion) return schema.options.map((member) => typeText(unwrap(member).bare)).join(' or ');
  if (schema instanceof z.ZodNumber) {
    const whole =
      schema.def.checks?.some((check) => check._zod.def.check === 'number_format') || schema.format === 'safeint';
    return `${whole ? 'whole number' : 'number'} ${schema.minValue} to ${schema.maxValue}`;
  }
  if (schema instanceof z.ZodArray) return `list of ${typeText(unwrap(schema.element).bare)}`;
  if (schema instanceof z.ZodObject) return 'object';
  if (schema instanceof z.ZodBoolean) return 'true or false';
  return 'text';
}

function kindOf(schema: Schema): string {
  const kind = schema instanceof z.ZodObject ? (schema.shape as Record<string, Schema>)['kind'] : undefined;
  return kind instanceof z.ZodLiteral ? String(kind.value) : '';
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? `'${value}'` : JSON.stringify(value)}\``;
}
