import { z } from 'zod';
import { notesOf } from '../../../lib/channel/field';
import { INPUT_KINDS } from '../../../lib/channel/input';
import type { InputKind } from '../../../lib/channel/inputs/options/input-kind';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';

type Channel = LiveStreamInput['channels'][number];
type Schema = z.core.$ZodType;
type Shape = Readonly<Record<string, Schema>>;
type Values = Readonly<Record<string, unknown>>;

/** A change of one option of one kind of input. */
export interface InputUpdate {
  /** The option below the input, as docs/configuration.md has it. */
  readonly option: string;
  readonly before: Pick<Channel, 'input' | 'redundancy'>;
  readonly after: Pick<Channel, 'input' | 'redundancy'>;
}

/** A change of every option of every kind of input, made from the notes of the options. */
export const INPUT_UPDATES: readonly InputUpdate[] = Object.entries(INPUT_KINDS).flatMap(([kind, facts]) =>
  updates(kind, facts),
);

function updates(kind: string, { schema, standardClassOnly }: InputKind): readonly InputUpdate[] {
  const redundancy = standardClassOnly ? 'two-pipelines' : 'single-pipeline';
  const { kind: _, ...shape } = schema.shape as Shape;
  const values = { kind, ...before(shape) };
  // A description that the schema refuses ends the generator with its sentence.
  const channel = (of: Values) => ({ input: of as Channel['input'], redundancy }) as const;
  return changes(shape).map(([option, change]) => ({
    option,
    before: channel(values),
    after: channel({ ...values, ...change }),
  }));
}

/** Values of all options that are given before a change. */
function before(shape: Shape): Values {
  return valuesOf(shape, (schema) => notesOf(schema)?.change?.from);
}

/** The options that are given before a change, with their values after it. */
function after(shape: Shape): Values {
  return valuesOf(shape, (schema) => {
    const change = notesOf(schema)?.change;
    return change?.from === undefined ? undefined : change.to;
  });
}

function valuesOf(shape: Shape, pick: (schema: Schema) => unknown): Values {
  const values = Object.entries(shape).map(([option, schema]) => {
    const members = membersOf(schema);
    return [option, members === undefined ? pick(schema) : [valuesOf(members, pick)]] as const;
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** Lists each option, and each option of a source, with what changes in the input. */
function changes(shape: Shape): readonly (readonly [option: string, change: Values])[] {
  return Object.entries(shape).flatMap(([option, schema]) => {
    const members = membersOf(schema);
    const change = notesOf(schema)?.change;
    if (members === undefined) {
      return change === undefined ? [] : [[option, { ...change.with, [option]: change.to }] as const];
    }
    const source = before(members);
    const ofSource = changes(members).map(
      ([member, values]) => [`${option}[].${member}`, { [option]: [{ ...source, ...values }] }] as const,
    );
    return [[option, { [option]: [after(members)] }] as const, ...ofSource];
  });
}

/** The options of the members of a list of sources; undefined for any other option. */
function membersOf(schema: Schema): Shape | undefined {
  const element = schema instanceof z.ZodArray ? schema.element : undefined;
  return element instanceof z.ZodObject ? element.shape : undefined;
}
