import type { IngestSource } from '../contract/pipeline-source';
import type { Closing, IngestAction, IngestEvent, IngestStatus } from './ingest-state';

interface Circumstances {
  readonly closing: Closing | undefined;
  readonly hasReceived: boolean;
  readonly failures: number;
}

/** Explains why a process has ended, or decides on another port when this one is taken. */
export function explanation(
  source: IngestSource,
  { ending, isPortTaken }: IngestEvent & { readonly kind: 'ended' },
  { closing, hasReceived, failures }: Circumstances,
): IngestAction | undefined {
  const name = source.kind === 'file' || source.kind === 'pull' ? source.url : 'the input';
  const complaint = closing?.because === 'silent' ? closing.complaint : ending.complaint;
  if (closing?.because === 'refused') return warning('failed', `${name} ${closing.why}`);
  if (source.kind === 'push' && isPortTaken) return { act: 'move' };
  if (closing?.because === 'new-program') {
    const line = `${name} goes on with other packet ids (a new program map), and is taken in anew`;
    return { act: 'tell', line, level: 'warning' };
  }
  if (source.kind === 'push' && hasReceived) return { act: 'tell', line: 'the publisher has gone', level: 'info' };
  if (closing?.because === 'new-parameters') {
    const line = `${name} goes on with other parameters (EXT-X-MAP), and is begun anew`;
    return { act: 'tell', line, level: 'warning' };
  }
  if (source.kind === 'file' && hasReceived && ending.code !== 0) {
    return { act: 'tell', line: `${name} is begun again: ${complaint || ending.code}`, level: 'warning' };
  }
  if (source.kind === 'pull' && hasReceived) return warning('waiting', `${name} has ended; trying it again`);
  if (failures === 0) return undefined;
  return warning('failed', `${name} cannot be read: ${complaint || `ffmpeg ended with ${ending.code}`}`);
}

function warning(state: IngestStatus['state'], detail: string): IngestAction {
  return { act: 'show', status: { state, detail }, level: 'warning' };
}
