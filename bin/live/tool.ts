import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EXIT, LiveFailure } from './failure';

const run = promisify(execFile);
/** Most text that a tool may write, in bytes. */
const MOST_TEXT = 16 * 1024 * 1024;

/** Runs a tool of this machine, and returns what it printed. @throws LiveFailure with its own last words. */
export async function runTool(name: string, words: readonly string[]): Promise<string> {
  try {
    return (await run(name, words, { maxBuffer: MOST_TEXT })).stdout;
  } catch (error) {
    const { code, stderr = '' } = error as { readonly code?: unknown; readonly stderr?: string };
    if (code === 'ENOENT') throw new LiveFailure(`${name} is not on this machine; install ffmpeg.`, EXIT.notReached);
    const last = stderr.trim().split('\n').at(-1) ?? '';
    throw new LiveFailure(`${name} could not read the file: ${last}`, EXIT.notReached);
  }
}
