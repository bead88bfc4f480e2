/** MediaTailor fills the breaks with the stack's own ads: guided sessions for HLS, stitched ones for DASH. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  ads: { service: 'mediatailor', skipAfterSeconds: 5 },
  channels: [
    { name: 'main', input: { kind: 'test-clip' }, latency: 'low', adMarkers: { manifests: 'daterange' } },
    { name: 'stage', input: { kind: 'test-clip' } },
  ],
} satisfies LiveStreamInput;
