import { z } from 'zod';
import type { InputKind } from './options/input-kind';
import { pulledSources } from './options/sources';

/** RTMP that MediaLive pulls from a server. */
export const rtmpPull = {
  title: 'RTMP pull',
  intro: 'MediaLive pulls RTMP from a server.',
  source: 'an RTMP server',
  schema: z.strictObject({
    kind: z.literal('rtmp-pull'),
    ...pulledSources(['rtmp'], {
      what: 'An `rtmp://` URL with application and instance. MediaLive pulls no RTMPS.',
      change: { from: 'rtmp://203.0.113.7/live/main', to: 'rtmp://203.0.113.8/live/main' },
    }),
  }),
  direction: 'pull',
  onePerPipeline: 'sources',
  standardClassOnly: false,
  failover: false,
  audio: 'one-track',
} as const satisfies InputKind;
