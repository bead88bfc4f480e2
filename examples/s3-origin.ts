/** The test clip through a bucket in place of MediaPackage: HLS only, and nothing to package. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  origin: 's3',
  channels: [{ name: 'main', input: { kind: 'test-clip' }, latency: 'low' }],
} satisfies LiveStreamInput;
