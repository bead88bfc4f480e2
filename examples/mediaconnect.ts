/** Two MediaConnect flows: use the ARNs of your flows, in two Availability Zones of the stack's Region. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: {
        kind: 'mediaconnect',
        flowArns: [
          'arn:aws:mediaconnect:us-east-1:111122223333:flow:1-AbCdEfGhIjKlMnOp-0123456789ab:primary',
          'arn:aws:mediaconnect:us-east-1:111122223333:flow:1-QrStUvWxYzAbCdEf-0123456789ab:backup',
        ],
      },
      redundancy: 'two-pipelines',
    },
  ],
} satisfies LiveStreamInput;
