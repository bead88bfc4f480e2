import { z } from 'zod';
import type { InputKind } from './options/input-kind';
import { rtmpNames } from './options/stream-names';
import { vpc } from './options/vpc';

/** RTMP that publishers send to MediaLive from within a VPC. */
export const rtmpPushVpc = {
  title: 'RTMP push in a VPC',
  intro: 'An encoder sends RTMP from within your VPC.',
  source: 'OBS or another RTMP encoder',
  schema: z.strictObject({ kind: z.literal('rtmp-push-vpc'), ...vpc, ...rtmpNames }),
  direction: 'push',
  onePerPipeline: 'streamNames',
  standardClassOnly: false,
  failover: true,
  audio: 'one-track',
} as const satisfies InputKind;
