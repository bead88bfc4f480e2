import type { NodeStatus, ObjectStore } from '../../cloud';
import type { PipelineSource } from './data-plane';
import { FailoverIngest } from './failover-ingest';
import { Ingest, type IngestSink } from './ingest';
import type { Means } from './means';

/** What takes in the contribution of one pipeline. */
export interface PipelineIngest {
  start(): void;
  stop(): Promise<void>;
  /** Goes on after the sink had asked for a pause. */
  resume(): void;
  status(): NodeStatus | readonly NodeStatus[];
}

/**
 * The ingest of a pipeline: of one input, or of the two of a failover.
 *
 * @param chosen - what of the source is passed on.
 */
export function pipelineIngest(
  node: string,
  source: PipelineSource,
  sink: IngestSink,
  means: Means & { readonly objects: ObjectStore },
  onReceiving: (isReceiving: boolean) => void,
  chosen: readonly string[] | undefined,
): PipelineIngest {
  return source.kind === 'failover'
    ? new FailoverIngest(source, sink, means, onReceiving, chosen)
    : new Ingest(node, source, sink, means, onReceiving, chosen);
}
