/** The test clip through MediaPackage v1, as in the original solution: HLS, DASH and CMAF, and an hour to start over. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  origin: { kind: 'media-package-v1', formats: ['hls', 'dash', 'cmaf'], startOverSeconds: 3600 },
  channels: [{ name: 'main', input: { kind: 'test-clip' } }],
} satisfies LiveStreamInput;
