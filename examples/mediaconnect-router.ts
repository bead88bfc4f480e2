/** A MediaConnect router: replace the Availability Zones by those of your router outputs, then connect them to the input. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'mediaconnect-router', availabilityZones: ['us-east-1a', 'us-east-1b'] },
      redundancy: 'two-pipelines',
    },
  ],
} satisfies LiveStreamInput;
