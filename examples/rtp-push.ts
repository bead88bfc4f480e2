/** A transport stream in RTP from two encoders: use their addresses. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'rtp-push', allowedCidrs: ['203.0.113.7/32', '198.51.100.7/32'] },
      redundancy: 'two-pipelines',
    },
  ],
} satisfies LiveStreamInput;
