import type { NodeStatus, ObjectStore } from '../../cloud';
import type { PipelineSource } from './data-plane';
import { FailoverIngest } from './failover-ingest';
import { Ingest, type IngestSink } from './ingest';
import { InputSwitch } from './input-switch';
import type { Means } from './means';

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

/** Makes the ingest of a pipeline. */
export type NewIngest = (
  node: string,
  source: PipelineSource,
  sink: IngestSink,
  means: Means & { readonly objects: ObjectStore },
  onReceiving: (isReceiving: boolean) => void,
  /** What of the source is passed on. @default the first picture and the first sound */
  chosen?: readonly string[],
) => PipelineIngest;

/** The ingest of a pipeline: of one input, of the two of a failover, or of all that a producer switches between. */
export const pipelineIngest: NewIngest = (node, source, sink, means, onReceiving, chosen) => {
  switch (source.kind) {
    case 'switched':
      return new InputSwitch(source, sink, means, onReceiving, (name, of, to, its, told) =>
        pipelineIngest(name, of, to, its, told, chosen),
      );
    case 'failover':
      return new FailoverIngest(source, sink, means, onReceiving, chosen);
    default:
      return new Ingest(node, source, sink, means, onReceiving, chosen);
  }
};
