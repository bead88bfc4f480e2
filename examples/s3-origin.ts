/** The test clip through a bucket instead of MediaPackage: HLS only. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  origin: 's3',
  channels: [{ name: 'main', input: { kind: 'test-clip' }, latency: 'low' }],
} satisfies LiveStreamInput;
