/** Your live channels: the file to edit. docs/configuration.md explains every option. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  origin: 'media-package',
  channels: [
    {
      name: 'main',
      input: { kind: 'test-clip' },
      ladder: 'hd-720p',
      latency: 'low',
      redundancy: 'single-pipeline',
      running: true,
    },
  ],
} satisfies LiveStreamInput;
