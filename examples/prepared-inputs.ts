/** RTMP from one address, and a clip that a producer can switch to: the Outputs have the commands. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/main'] },
      preparedInputs: [{ name: 'intermission', input: { kind: 'test-clip' } }],
    },
  ],
} satisfies LiveStreamInput;
