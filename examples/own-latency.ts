/** Segments of four seconds, and ten minutes that a viewer can seek back. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'test-clip' },
      latency: { gopSeconds: 2, segmentSeconds: 4, manifestWindowSeconds: 600 },
    },
  ],
} satisfies LiveStreamInput;
