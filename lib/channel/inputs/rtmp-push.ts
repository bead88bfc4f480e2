import { z } from 'zod';
import { allowList, anywhereIsConfirmed } from './options/allow-list';
import type { InputKind } from './options/input-kind';
import { rtmpNames } from './options/stream-names';

/** RTMP that publishers send to MediaLive over the internet. */
export const rtmpPush = {
  title: 'RTMP push',
  intro: 'An encoder such as OBS sends RTMP over the internet.',
  source: 'OBS or another RTMP encoder',
  schema: z.strictObject({ kind: z.literal('rtmp-push'), ...allowList, ...rtmpNames }).check(anywhereIsConfirmed),
  direction: 'push',
  onePerPipeline: 'streamNames',
  standardClassOnly: false,
  failover: true,
  audio: 'one-track',
} as const satisfies InputKind;
