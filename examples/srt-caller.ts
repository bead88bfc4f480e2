/** SRT from two encoders that MediaLive calls: use their addresses. The streams are not encrypted. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: {
        kind: 'srt-caller',
        sources: [
          { address: '203.0.113.7', port: 9000 },
          { address: '198.51.100.7', port: 9000 },
        ],
      },
      redundancy: 'two-pipelines',
    },
  ],
} satisfies LiveStreamInput;
