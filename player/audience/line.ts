/** Values of CMCD keys: a number, a string, a token, or one number as a list. Undefined ones are left out. */
export type Members = Readonly<Record<string, Value | undefined>>;
type Value = number | boolean | string | { readonly token: string } | { readonly list: number | string };

/**
 * Writes a line of CMCD: keys in alphabetical order, the members of a dictionary of structured fields.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9651#section-4.1.2
 */
export function lineOf(members: Members): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined && value !== false)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => (value === true ? key : `${key}=${text(value)}`))
    .join(',');
}

/** Encodes a text for a query. Brackets and quotes as well, so that everybody on the way writes it in the same way. */
export function encoded(line: string): string {
  return encodeURIComponent(line).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function text(value: Value | undefined): string {
  if (typeof value === 'number') return String(Math.round(value));
  if (typeof value === 'object') return 'token' in value ? value.token : `(${text(value.list)})`;
  const printable = String(value).replace(/[^\x20-\x7e]/g, '_');
  return `"${printable.replace(/["\\]/g, '\\$&')}"`;
}
