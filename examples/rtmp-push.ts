/** RTMP from one address: use the address of your encoder. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/main'] },
      latency: 'low',
    },
  ],
} satisfies LiveStreamInput;
