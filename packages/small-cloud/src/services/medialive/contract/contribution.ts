import type { NodeStatus, ObjectStore } from '../../../contract';
import type { Means } from './means';
import type { PipelineSource } from './pipeline-source';
/** What takes the bytes of an input pipeline, an MPEG transport stream. */
export interface IngestSink {
  /** Returns false to be given no more until {@link Ingest.resume}. */
  take(bytes: Buffer): boolean;
  /** The input is gone: what comes next is another stream. */
  gone(): void;
}

/** What takes in the contribution of one pipeline. */
export interface PipelineIngest {
  start(): void;
  stop(): Promise<void>;
  /** Goes on after the sink had asked for a pause. */
  resume(): void;
  status(): NodeStatus | readonly NodeStatus[];
  /** Puts another input on air, by the name of its attachment; where there is but one, there is no such thing. */
  switchTo?(attachmentName: string): void;
  /** Attachment of the input on air, where there are several. */
  onAir?(): string;
}

/** Makes the ingest of one input. */
export type NewIngest = (
  node: string,
  source: PipelineSource,
  sink: IngestSink,
  means: Means & { readonly objects: ObjectStore },
  onReceiving: (isReceiving: boolean) => void,
) => PipelineIngest;
