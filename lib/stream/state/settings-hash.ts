import { createHash } from 'node:crypto';

/** Returns a hash of settings that does not depend on the order of their keys. */
export function settingsHash(settings: unknown): string {
  return createHash('sha256').update(JSON.stringify(settings, inOrder)).digest('hex').slice(0, 16);
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
