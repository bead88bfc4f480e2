import type { NodeStatus, ObjectStore } from '../../../contract';
import type { PipelineSource } from '../contract/data-plane';
import type { Means } from '../contract/means';
import type { PassedOn } from '../contract/passed-audio';
import { FailoverIngest } from './failover-ingest';
import { Ingest, type IngestSink } from './ingest';
import { InputSwitch } from './input-switch';
import { RtmpIngest } from './rtmp-ingest';
import { SteadySound } from './steady-audio';

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

/** The ingest of a pipeline: of one input, of the two of a failover, or of all that a producer switches between. */
export function pipelineIngest(
  passed: PassedOn,
  ...[node, source, sink, means, onReceiving]: Parameters<NewIngest>
): PipelineIngest {
  const inner: NewIngest = (...asked) => pipelineIngest(passed, ...asked);
  switch (source.kind) {
    case 'switched':
      return new InputSwitch(source, sink, means, onReceiving, inner);
    case 'failover':
      return new FailoverIngest(source, sink, means, onReceiving, inner);
    default: {
      const steady = new SteadySound(sink, passed.channels);
      return source.kind === 'push' && source.endpoint.protocol === 'rtmp'
        ? new RtmpIngest(node, source, steady, means, onReceiving, passed)
        : new Ingest(node, source, steady, means, onReceiving, passed);
    }
  }
}
