/**
 * Control characters (C0 but for tab and line break, DEL, C1), line and paragraph separators, and marks that turn the
 * direction of writing: what could give orders to a terminal, or show another text than the one that is there.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that it is about
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A text of others as it may be shown on a terminal: every character that is no writing as `\u001b`.
 *
 * @see https://www.unicode.org/reports/tr9/ (bidirectional marks) and ECMA-48 (control functions)
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
