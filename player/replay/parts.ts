import type { Part } from './catalogue';

/** Position in a recording at which a part begins, in seconds. */
export const partStart = (parts: readonly Pick<Part, 'seconds'>[], index: number): number =>
  parts.slice(0, index).reduce((sum, { seconds }) => sum + seconds, 0);

/** Index of the part that holds a position; the last one for a position behind the end. */
export function partAt(parts: readonly Pick<Part, 'seconds'>[], seconds: number): number {
  const index = parts.findIndex((_, part) => seconds < partStart(parts, part + 1));
  return index < 0 ? Math.max(0, parts.length - 1) : index;
}
