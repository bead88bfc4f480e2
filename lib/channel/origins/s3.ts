import { z } from 'zod';
import type { OriginKind } from './origin-kind';

/** A bucket that MediaLive writes finished HLS to. */
export const s3 = {
  schema: z.strictObject({ kind: z.literal('s3') }),
  hasDefaults: true,
  role: 'store',
  hevcFormats: [],
  lowLatencyHls: false,
  timedMetadata: 'optional',
} as const satisfies OriginKind;
