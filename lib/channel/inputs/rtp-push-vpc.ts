import { z } from 'zod';
import type { InputKind } from './options/input-kind';
import { vpc } from './options/vpc';

/** A transport stream in RTP that publishers send to MediaLive from within a VPC. */
export const rtpPushVpc = {
  title: 'RTP push in a VPC',
  intro: 'Two encoders send a transport stream in RTP from within your VPC.',
  source: 'two encoders that send RTP',
  schema: z.strictObject({ kind: z.literal('rtp-push-vpc'), ...vpc }),
  direction: 'push',
  standardClassOnly: true,
  failover: true,
  audio: ['language', 'pid'],
} as const satisfies InputKind;
