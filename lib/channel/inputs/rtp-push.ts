import { z } from 'zod';
import { allowList, anywhereIsConfirmed } from './options/allow-list';
import type { InputKind } from './options/input-kind';

/** A transport stream in RTP that publishers send to MediaLive over the internet. */
export const rtpPush = {
  title: 'RTP push',
  intro: 'Two encoders send a transport stream in RTP over the internet.',
  source: 'two encoders that send RTP',
  schema: z.strictObject({ kind: z.literal('rtp-push'), ...allowList }).check(anywhereIsConfirmed),
  direction: 'push',
  standardClassOnly: true,
  failover: true,
  audio: ['language', 'pid'],
} as const satisfies InputKind;
