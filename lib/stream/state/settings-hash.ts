import { createHash } from 'node:crypto';

/** A hash of settings that says the same whatever order they are written in: only a value that differs is a change. */
export function settingsHash(settings: unknown): string {
  return createHash('sha256').update(JSON.stringify(settings, inOrder)).digest('hex').slice(0, 16);
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
