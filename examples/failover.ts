/** RTMP by two ways: MediaLive takes the second encoder when the first one is lost, and goes back when it is well again. */
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
