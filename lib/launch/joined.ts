import { intrinsic, type Json } from './json';

/** Returns the parts of a joined string; none for other values. */
export function joinedParts(value: Json | undefined): readonly Json[] {
  const argument = intrinsic(value)?.[1];
  return Array.isArray(argument) && Array.isArray(argument[1]) ? argument[1] : [];
}

/** Returns the delimiter of a joined string; undefined for other values. */
export function delimiterOf(value: Json | undefined): Json | undefined {
  const [name, argument] = intrinsic(value) ?? [];
  return name === 'Fn::Join' && Array.isArray(argument) ? argument[0] : undefined;
}

/** Divides a part after its commas, where lists of JSON text begin to differ. */
export function pieces(part: Json): readonly Json[] {
  return typeof part === 'string' ? part.split(/(?<=,)/) : [part];
}

/** Makes one string of strings that follow one another. */
export function together(parts: readonly Json[]): readonly Json[] {
  const all: Json[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part;
    else all.push(part);
  }
  return all;
}

/** Returns the string of parts without a delimiter. */
export function joinedText(parts: readonly Json[]): Json {
  const [only = ''] = parts;
  return parts.length > 1 ? { 'Fn::Join': ['', parts] } : only;
}
