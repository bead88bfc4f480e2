import { z } from 'zod';
import { explain } from '../field';
import type { OriginKind } from './origin-kind';

/** The reason why MediaStore needs a confirmation, and its replacement. */
export const DISCONTINUED =
  "AWS discontinued MediaStore on 2025-11-13, so a stack with it can no longer be deployed; the replacement is 's3', the same architecture on a living service. { kind: 'media-store', acknowledgeDiscontinued: true } is for templates and the local run";

const options = { acknowledgeDiscontinued: z.literal(true, DISCONTINUED) };

/** A MediaStore container, as it was before AWS discontinued the service. */
export const mediaStore = {
  schema: z.strictObject({ kind: z.literal('media-store'), ...options }),
  hasDefaults: false,
  role: 'store',
  hevcFormats: [],
  lowLatencyHls: false,
  timedMetadata: 'optional',
} as const satisfies OriginKind;

explain(options, {
  acknowledgeDiscontinued: {
    what: 'Confirms that you know AWS discontinued MediaStore on 2025-11-13. Without it, the description is refused.',
    effect: 'The stack can be synthesized but not deployed; `s3` is the replacement.',
    local: 'The local run plays it.',
    see: 'https://docs.aws.amazon.com/mediastore/latest/ug/what-is.html',
  },
});
