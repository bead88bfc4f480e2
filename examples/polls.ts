/** Viewers are asked while they watch. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    { name: 'main', input: { kind: 'test-clip' }, latency: 'low', timedMetadata: true, polls: true },
    { name: 'stage', input: { kind: 'test-clip' } },
  ],
} satisfies LiveStreamInput;
