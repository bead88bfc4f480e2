import type { NodeStatus } from '../../../contract';
import type { Ending } from '../contract/means';

/** Status that an ingest shows on the screen. */
export type IngestStatus = Pick<NodeStatus, 'state' | 'detail'>;

/** Reason for which a process was told to end. */
export type Closing =
  /** MediaLive would not take what ffmpeg opened: the part of a sentence that follows the name of the source. */
  | { readonly because: 'refused'; readonly why: string }
  /** An HLS stream goes on with other parameters, which the process does not read. */
  | { readonly because: 'new-parameters' }
  /** A transport stream goes on with other packet ids, which the process does not pass on. */
  | { readonly because: 'new-program' }
  | { readonly because: 'silent'; readonly complaint: string };

interface Running {
  /** Processes in a row that brought nothing. */
  readonly failures: number;
  /** Times are of the clock of the events, in seconds. */
  readonly startedAt: number;
  readonly closing: Closing | undefined;
}

interface Receiving extends Running {
  readonly is: 'receiving';
  readonly lastByteAt: number;
  /** True when the sink has asked for a pause. */
  readonly isPaused: boolean;
}

/** The states of an ingest. `shown` is the status that an earlier state has left on the screen. */
export type IngestState =
  | { readonly is: 'idle' }
  /** A process runs, and has brought nothing yet. */
  | (Running & { readonly is: 'opening' })
  | Receiving
  /** Another program holds the port; the endpoint takes another one. */
  | { readonly is: 'moving'; readonly failures: number; readonly shown: IngestStatus }
  | { readonly is: 'resting'; readonly failures: number; readonly shown: IngestStatus }
  /** The file has been played to its end, and does not start again. */
  | { readonly is: 'over' }
  | { readonly is: 'stopping'; readonly hasReceived: boolean; readonly shown: IngestStatus }
  | { readonly is: 'stopped' };

/** Events of the process, the sink and the timers. */
export type IngestEvent =
  | { readonly kind: 'start'; readonly now: number }
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly now: number }
  /** The sink takes no more bytes for now. */
  | { readonly kind: 'held' }
  | { readonly kind: 'resume'; readonly now: number }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'new-parameters' }
  | { readonly kind: 'new-program' }
  /** Time has passed. */
  | { readonly kind: 'tick'; readonly now: number }
  | { readonly kind: 'ended'; readonly ending: Ending; readonly isPortTaken: boolean; readonly now: number }
  | { readonly kind: 'moved' }
  | { readonly kind: 'rested'; readonly now: number }
  | { readonly kind: 'stop' };

/** Things to do, in their order. */
export type IngestAction =
  | { readonly act: 'open' }
  | { readonly act: 'give'; readonly bytes: Buffer }
  /** Tells the sink that the stream has ended. */
  | { readonly act: 'gone' }
  | { readonly act: 'receiving'; readonly isReceiving: boolean }
  | { readonly act: 'pause' }
  | { readonly act: 'resume' }
  /** Ends the process, whose last bytes are still passed on. */
  | { readonly act: 'end' }
  /** Ends the process at once. */
  | { readonly act: 'cut' }
  | { readonly act: 'move' }
  | { readonly act: 'rest'; readonly seconds: number }
  | { readonly act: 'wake' }
  /** Tells a status, unless it was the last one told. */
  | { readonly act: 'show'; readonly status: IngestStatus; readonly level: 'info' | 'warning' }
  | { readonly act: 'tell'; readonly line: string; readonly level: 'info' | 'warning' };

/** A next state, and the way to it. */
export interface IngestStep {
  readonly state: IngestState;
  readonly actions: readonly IngestAction[];
}
