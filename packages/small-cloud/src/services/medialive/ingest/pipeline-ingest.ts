import type { NewIngest, PipelineIngest } from '../contract/contribution';
import type { PassedOn } from '../contract/passed-audio';
import { FailoverIngest } from './failover-ingest';
import { Ingest } from './ingest';
import { InputSwitch } from './input-switch';
import { RtmpIngest } from './rtmp-ingest';
import { SteadyAudio } from './steady-audio';

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
      const steady = new SteadyAudio(sink, passed.channels);
      return source.kind === 'push' && source.endpoint.protocol === 'rtmp'
        ? new RtmpIngest(node, source, steady, means, onReceiving, passed)
        : new Ingest(node, source, steady, means, onReceiving, passed);
    }
  }
}
