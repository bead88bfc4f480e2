/** Two channels behind one edge: the test clip, and RTMP from one address with two pipelines. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    { name: 'main', input: { kind: 'test-clip' }, ladder: 'sd-540p', latency: 'low' },
    {
      name: 'stage',
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/primary', 'live/backup'] },
      ladder: 'hd-1080p',
      latency: 'standard',
      redundancy: 'two-pipelines',
    },
  ],
} satisfies LiveStreamInput;
