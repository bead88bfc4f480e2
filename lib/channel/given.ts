import { printable } from './printable';

/** The most characters of a string that a sentence shows. */
const SHOWN = 80;

/** Names a value in a sentence: a short string in quotes, a number, `a list`. */
export function given(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'string') return String(value);
  return value.length <= SHOWN
    ? printable(JSON.stringify(value))
    : `${printable(JSON.stringify(`${value.slice(0, SHOWN)}…`))} (${value.length} characters)`;
}

/** Names a value within a sentence: a string without quotes, anything else as {@link given} does. */
export function named(value: unknown): string {
  return typeof value === 'string' ? value : given(value);
}

/** Begins a sentence: `"x" was given`, or `is missing`. */
export function wasGiven(value: unknown): string {
  return value === undefined ? 'is missing' : `${given(value)} was given`;
}
