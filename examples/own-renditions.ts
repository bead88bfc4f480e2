/** Two renditions of your own, from the lowest bitrate to the highest. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'test-clip' },
      ladder: [
        { width: 640, height: 360, bitrate: 800_000 },
        { width: 1280, height: 720, bitrate: 2_700_000 },
      ],
    },
  ],
} satisfies LiveStreamInput;
