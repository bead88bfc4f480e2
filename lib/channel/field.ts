import { z } from 'zod';
import { given } from './given';
import { rule } from './rule';

/** A change of one option, as docs/updates.md makes it. */
export interface OptionChange {
  /** The value before. Left out: the option is not given. */
  readonly from?: unknown;
  readonly to: unknown;
  /** Options beside it that change with it. */
  readonly with?: Readonly<Record<string, unknown>>;
}

/** The documentation of one option, beside its type, range and default. */
export interface FieldNotes {
  /** The option in one sentence. */
  readonly what: string;
  /** The unit of the value: `seconds`, `bits/s`, `pixels`. */
  readonly unit?: string;
  /** The consequence of raising, lowering or choosing it. */
  readonly effect?: string;
  /** How the local run treats it, where that differs from AWS. */
  readonly local?: string;
  /** The page that the number or the rule comes from. */
  readonly see?: string;
  /** An example of a change. Options of inputs need one; a list of sources changes with their options. */
  readonly change?: OptionChange;
}

/** Notes for every option of a shape. The kind of a member of a union needs none. */
export type Notes<Shape> = { readonly [Key in Exclude<keyof Shape, 'kind'>]: FieldNotes };

const registry = z.registry<FieldNotes>();

/**
 * Attaches documentation to every option of a shape.
 *
 * @throws Error where an option has notes already: a schema that two options share would have the notes of the second.
 */
export function explain<Shape extends Readonly<Record<string, z.ZodType>>>(shape: Shape, notes: Notes<Shape>): void {
  for (const [option, what] of Object.entries<FieldNotes>(notes)) {
    const schema = shape[option];
    if (schema === undefined) throw new Error(`Notes were given for ${option}, which the shape does not have`);
    const before = registry.get(schema);
    if (before !== undefined) {
      throw new Error(
        `${option} was given the notes "${what.what}", but its schema has "${before.what}"; every option needs a schema of its own`,
      );
    }
    registry.add(schema, what);
  }
}

/** The notes of an option, for the generator of docs/configuration.md. */
export function notesOf(schema: z.core.$ZodType): FieldNotes | undefined {
  return registry.get(schema as z.ZodType);
}

/** A string of a certain kind. `needed` ends the sentence of a refusal: `"x" was given; … is needed`. */
export function stringThat(isOfKind: (value: string) => boolean, needed: string) {
  return z.string().check(
    rule((value, problem) => {
      if (!isOfKind(value)) problem([], `${given(value)} was given; ${needed} is needed`);
    }),
  );
}
