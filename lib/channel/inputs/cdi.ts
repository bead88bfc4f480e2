import { z } from 'zod';
import { explain } from '../field';
import type { InputKind } from './options/input-kind';
import { vpc } from './options/vpc';

const own = { resolution: z.enum(['SD', 'HD', 'FHD', 'UHD']).default('FHD') };

/** Uncompressed video that publishers send to MediaLive from within a VPC. MediaLive pairs CDI by partner inputs only. */
export const cdi = {
  title: 'CDI',
  intro: 'A source in your VPC sends uncompressed video.',
  source: 'uncompressed video in your VPC (CDI)',
  schema: z.strictObject({ kind: z.literal('cdi'), ...vpc, ...own }),
  direction: 'push',
  standardClassOnly: true,
  failover: false,
  audio: ['track'],
  mostAttached: 1,
} as const satisfies InputKind;

explain(own, {
  resolution: {
    what: 'The largest video that comes in: `HD` is up to 1280x720, `FHD` up to 1920x1080, `UHD` up to 3840x2160.',
    effect: 'MediaLive reserves capacity for it and charges by it.',
    change: { to: 'UHD' },
  },
});
