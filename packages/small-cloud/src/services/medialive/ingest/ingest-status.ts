import type { IngestSource } from '../contract/pipeline-source';
import type { IngestState, IngestStatus } from './ingest-state';

/** Returns the status of an ingest whose source has given nothing yet. */
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

/** Returns the status of an ingest whose source gives media. A stand-in is never in order. */
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

const IDLE: IngestStatus = { state: 'stopped', detail: 'idle' };
/** Status of a file that has been played to its end. */
export const FILE_OVER: IngestStatus = {
  state: 'waiting',
  detail: 'the file has ended, and SourceEndBehavior is not LOOP',
};

/** Returns the status of an ingest on the screen. */
export function ingestStatus(state: IngestState, source: IngestSource): IngestStatus {
  switch (state.is) {
    case 'idle':
    case 'stopped':
      return IDLE;
    case 'opening':
      return openingStatus(source);
    case 'receiving':
      return receivingStatus(source);
    case 'moving':
    case 'resting':
    case 'stopping':
      return state.shown;
    case 'over':
      return FILE_OVER;
  }
}
