import type { Value } from '../../contract';

/** Reads JSON; undefined when the text is not JSON. */
export function parsedJson(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
