/** RTMP from within a VPC: use your subnets in two Availability Zones, and your security group. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: {
        kind: 'rtmp-push-vpc',
        subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'],
        securityGroupIds: ['sg-0a1b2c3d4e5f60718'],
        streamNames: ['live/main'],
      },
    },
  ],
} satisfies LiveStreamInput;
