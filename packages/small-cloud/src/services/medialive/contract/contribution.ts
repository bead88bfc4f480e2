import type { NodeStatus, ObjectStore } from '../../../contract';
import type { Means } from './means';
import type { PipelineSource } from './pipeline-source';

/** Receiver of the bytes of an input pipeline, an MPEG transport stream. */
export interface IngestSink {
  /** Returns false to be given no more until {@link PipelineIngest.resume}. */
  take(bytes: Buffer): boolean;
  /** The input is gone: what comes next is another stream. */
  gone(): void;
}

/** Ingest of one pipeline. */
export interface PipelineIngest {
  start(): void;
  stop(): Promise<void>;
  /** Goes on after the sink had asked for a pause. */
  resume(): void;
  status(): NodeStatus | readonly NodeStatus[];
  /** Puts another input on air, by the name of its attachment. Left out where there is only one input. */
  switchTo?(attachmentName: string): void;
  /** Names the attachment of the input on air. Left out where there is only one input. */
  onAir?(): string;
}

/** Settings of an ingest. */
export interface IngestOptions<S = PipelineSource> {
  /** Name on the screen: `input main`. */
  readonly node: string;
  readonly source: S;
  readonly sink: IngestSink;
  readonly means: Means & { readonly objects: ObjectStore };
  /** Told when the first bytes come from the input on air, and when no more do. */
  readonly onReceiving: (isReceiving: boolean) => void;
}

/** Maker of the ingest of one input. */
export type NewIngest = (options: IngestOptions) => PipelineIngest;
