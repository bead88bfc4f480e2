/** The test clip of the project, which needs nothing else. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [{ name: 'main', input: { kind: 'test-clip' } }],
} satisfies LiveStreamInput;
