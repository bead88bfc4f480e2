import type { ChildProcess } from 'node:child_process';
import type { Cloud } from '../../../contract';
import type { Ffmpeg } from '../../../host/ffmpeg';
import type { Processes } from '../../../host/processes';

/** Tools that the processes of a channel are started and reported with. */
export interface Means {
  readonly ffmpeg: Pick<Ffmpeg, 'path' | 'hevc' | 'frameOption'>;
  readonly processes: Pick<Processes, 'spawn' | 'end'>;
  readonly tell: Cloud['tell'];
  /** A clock that never goes back, in seconds. */
  now(): number;
}

/** End of a process: its exit code or signal, and the last line that it wrote to standard error. */
export interface Ending {
  readonly code: number | string;
  readonly complaint: string;
}

/** Listens to the standard error of a process, and returns a function that gives its last line so far. */
export function complaints(child: ChildProcess): () => string {
  let last = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    last =
      text
        .trim()
        .split(/[\r\n]+/)
        .at(-1) ?? last;
  });
  return () => last;
}

/** Returns the name of a channel or an input on the screen: its name without the stack's name before it. */
export function screenName(name: string, stackName: string): string {
  return name.startsWith(`${stackName}-`) ? name.slice(stackName.length + 1) : name;
}
