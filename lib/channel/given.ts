import { printable } from './printable';

/** More of a text than this says nothing more. */
const SHOWN = 80;

/** A value as the sentences about it call it: a short text in quotes, a number, `a list`. */
export function given(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'string') return String(value);
  return value.length <= SHOWN
    ? printable(JSON.stringify(value))
    : `${printable(JSON.stringify(`${value.slice(0, SHOWN)}…`))} (${value.length} characters)`;
}

/** A value in the midst of a sentence: a text as it is, without quotes; anything else as {@link given} has it. */
export function named(value: unknown): string {
  return typeof value === 'string' ? value : given(value);
}

/** How a sentence begins: what was given, or that nothing was. */
export function wasGiven(value: unknown): string {
  return value === undefined ? 'is missing' : `${given(value)} was given`;
}
