/** Breaks are filled with the stack's own ads, which viewers may skip after five seconds. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  ads: { skipAfterSeconds: 5 },
  channels: [
    { name: 'main', input: { kind: 'test-clip' }, latency: 'low', adMarkers: { manifests: 'daterange' } },
    { name: 'stage', input: { kind: 'test-clip' } },
  ],
} satisfies LiveStreamInput;
