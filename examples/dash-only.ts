/** The test clip as DASH and nothing else: one endpoint, one manifest. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  origin: { kind: 'media-package', formats: ['dash'] },
  channels: [{ name: 'main', input: { kind: 'test-clip' } }],
} satisfies LiveStreamInput;
