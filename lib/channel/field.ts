import { z } from 'zod';
import { given } from './given';

/** What the reader of docs/configuration.md is told about one option, beside its type, range and default. */
export interface FieldNotes {
  /** What it is, one sentence. */
  readonly what: string;
  /** The unit of the value: `seconds`, `bits/s`, `pixels`. */
  readonly unit?: string;
  /** What raising, lowering or choosing it does. */
  readonly effect?: string;
  /** How the local run treats it, where that differs from AWS. */
  readonly local?: string;
  /** Where the number or the rule comes from. */
  readonly see?: string;
}

const notes = z.registry<FieldNotes>();

/**
 * Attaches documentation to a schema: the declaration that checks an option is also the one that explains it.
 *
 * @throws Error where the schema has notes already: the second option would overwrite those of the first.
 */
export function field<S extends z.ZodType>(schema: S, what: FieldNotes): S {
  const before = notes.get(schema);
  if (before !== undefined) {
    throw new Error(
      `"${what.what}" was given for a schema with the notes "${before.what}"; every option needs a schema of its own`,
    );
  }
  notes.add(schema, what);
  return schema;
}

/** The notes of an option, for the generator of docs/configuration.md. */
export function notesOf(schema: z.core.$ZodType): FieldNotes | undefined {
  return notes.get(schema as z.ZodType);
}

interface Shapes {
  readonly array: readonly Record<string, unknown>[];
  /** An array as it is, whatever its members are. */
  readonly list: readonly unknown[];
  readonly object: Record<string, unknown>;
  readonly string: string;
  readonly number: number;
}

/** A sentence about what is wrong, at a path below the value that a rule looks at. */
export interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

/**
 * A cross-field rule: looks at a value of a given shape and returns what is wrong with it. It also runs where other
 * problems were found, so that a description is refused with all of them at once; so beyond the shape it may rely on
 * nothing: members can be of any type. (Members of an `array` that are no objects are seen as empty ones.)
 */
export function rule<S extends keyof Shapes>(
  shape: S,
  broken: (value: Shapes[S]) => readonly Problem[],
): z.core.$ZodCheck<unknown> {
  const check = z.core._check<unknown>((payload) => {
    const value = payload.value;
    const fits =
      shape === 'array' || shape === 'list'
        ? Array.isArray(value)
        : shape === 'object'
          ? isObject(value)
          : typeof value === shape;
    if (!fits) return;
    const members =
      shape === 'array' && Array.isArray(value) ? value.map((member) => (isObject(member) ? member : {})) : value;
    for (const problem of broken(members as Shapes[S])) {
      payload.issues.push({ code: 'custom', input: value, ...problem });
    }
  });
  check._zod.def.when = () => true;
  return check;
}

/** A text that must be of a kind. `needed` ends the sentence of a refusal: `"x" was given; … is needed`. */
export function text(isOfKind: (value: string) => boolean, needed: string) {
  return z
    .string()
    .check(
      rule('string', (value) =>
        isOfKind(value) ? [] : [{ path: [], message: `${given(value)} was given; ${needed} is needed` }],
      ),
    );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
