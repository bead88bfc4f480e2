import type { NodeStatus } from '../../../contract';
import type { IngestSource } from '../contract/pipeline-source';

/** What an ingest shows on the screen. */
export type IngestStatus = Pick<NodeStatus, 'state' | 'detail'>;

/** What an ingest shows before its source gives anything. */
export function openingStatus(source: IngestSource): IngestStatus {
  switch (source.kind) {
    case 'push':
      return { state: 'waiting', detail: `waiting for a publisher at ${source.endpoint.url}` };
    case 'file':
      return { state: 'starting', detail: 'opening the file' };
    case 'pull':
      return { state: 'starting', detail: `opening ${source.url}` };
    case 'stand-in':
      return { state: 'starting', detail: 'STAND-IN: a test picture' };
  }
}

/** What an ingest shows while its source gives something. A stand-in is never in order. */
export function receivingStatus(source: IngestSource): IngestStatus {
  switch (source.kind) {
    case 'push':
      return { state: 'running', detail: 'publisher connected' };
    case 'file':
      return { state: 'running', detail: 'playing the file' };
    case 'pull':
      return { state: 'running', detail: `pulling ${source.url}` };
    case 'stand-in':
      return { state: 'degraded', detail: `STAND-IN: a test picture, because ${source.because}` };
  }
}
