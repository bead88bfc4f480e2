/**
 * Control characters (C0 except tab and line break, DEL, C1), line and paragraph separators, and bidirectional marks.
 * They could control a terminal, or show other text than the string holds.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are its subject
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Makes a foreign string safe for a terminal: writes every control character as an escape such as `\u001b`.
 *
 * @see https://www.unicode.org/reports/tr9/ (bidirectional marks) and ECMA-48 (control functions)
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
