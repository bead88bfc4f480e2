import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { type LiveStream, liveStream } from '../../lib/channel/live-stream';
import { DescriptionError } from '../../lib/channel/sentences';

/**
 * Reads a description of live channels from a TypeScript or JSON file, relative to the working directory.
 *
 * @param overrides - top-level options that replace those in the file.
 * @throws DescriptionError when the file cannot be read or does not hold a valid description.
 */
export function readDescription(file: string, overrides: Readonly<Record<string, unknown>> = {}): LiveStream {
  const path = resolve(file);
  let content: unknown;
  try {
    content = extname(path) === '.json' ? JSON.parse(withoutMark(readFileSync(path, 'utf8'))) : require(path);
  } catch (error) {
    throw new DescriptionError([`${file}: cannot be read; ${(error as Error).message.split('\n')[0]}`]);
  }
  const module = content as { default?: unknown } | null;
  const description = module !== null && typeof module === 'object' && 'default' in module ? module.default : content;
  const isObject = typeof description === 'object' && description !== null && !Array.isArray(description);
  return liveStream(isObject ? { ...description, ...overrides } : description);
}

/** Removes the byte order mark that some Windows editors put at the start of a file. */
function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
