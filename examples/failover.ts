/** RTMP from two encoders: MediaLive switches to the second when the first is lost, and back when it has recovered. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/main'] },
      failover: {
        input: { kind: 'rtmp-push', allowedCidrs: ['198.51.100.9/32'], streamNames: ['live/backup'] },
        after: { inputLossSeconds: 1 },
        prefer: 'primary',
        returnSeconds: 30,
      },
      latency: 'low',
    },
  ],
} satisfies LiveStreamInput;
