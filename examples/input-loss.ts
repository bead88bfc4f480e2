/** A slate once the input has been lost for seven seconds; only the origin S3 can show one. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  origin: 's3',
  channels: [
    {
      name: 'main',
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'] },
      inputLoss: {
        repeatSeconds: 5,
        blackSeconds: 2,
        afterwards: { slate: { url: 'https://www.example.com/back-soon.png' } },
      },
    },
  ],
} satisfies LiveStreamInput;
