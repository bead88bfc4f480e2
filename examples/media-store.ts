/** The legacy origin, for templates and the local run: AWS discontinued MediaStore on 2025-11-13; 's3' replaces it. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  origin: { kind: 'media-store', acknowledgeDiscontinued: true },
  channels: [{ name: 'main', input: { kind: 'test-clip' }, latency: 'low' }],
} satisfies LiveStreamInput;
