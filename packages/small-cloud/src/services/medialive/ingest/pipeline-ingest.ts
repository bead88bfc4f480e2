import type { IngestOptions, NewIngest, PipelineIngest } from '../contract/contribution';
import type { PassedOn } from '../contract/passed-audio';
import { FailoverIngest } from './failover-ingest';
import { Ingest } from './ingest';
import { InputSwitch } from './input-switch';
import { RtmpIngest } from './rtmp-ingest';
import { SteadyAudio } from './steady-audio';

/** Makes the ingest of a pipeline: of one input, of the two of a failover, or of all that a producer switches between. */
export function pipelineIngest(options: IngestOptions, passed: PassedOn): PipelineIngest {
  const { source } = options;
  const inner: NewIngest = (others) => pipelineIngest(others, passed);
  switch (source.kind) {
    case 'switched':
      return new InputSwitch({ ...options, source }, inner);
    case 'failover':
      return new FailoverIngest({ ...options, source }, inner);
    default: {
      const sink = new SteadyAudio(options.sink, passed.channels);
      return source.kind === 'push' && source.endpoint.protocol === 'rtmp'
        ? new RtmpIngest({ ...options, source, sink }, passed)
        : new Ingest({ ...options, source, sink }, passed);
    }
  }
}
