import { z } from 'zod';
import { field, text } from '../field';
import { allowList, anywhereIsMeant } from './allow-list';
import { vpc } from './vpc';

const streamNames = field(
  z
    .array(
      text(
        (value) => /^[\w.-]{1,64}\/[\w.-]{1,64}$/.test(value),
        'an application and an instance such as live/primary, each of letters, digits, . _ -,',
      ),
    )
    .min(1)
    .max(2)
    .optional(),
  {
    what: 'RTMP application and instance of each endpoint, one for a single pipeline and two for two pipelines. Left out: `<channel>/pipeline-0` and `<channel>/pipeline-1`.',
    effect: 'The instance is what an encoder such as OBS calls the stream key.',
  },
);

/** Publishers send RTMP to MediaLive, over the internet. */
export const rtmpPush = z
  .strictObject({ kind: z.literal('rtmp-push'), ...allowList, streamNames })
  .check(anywhereIsMeant);

/** Publishers send RTMP to MediaLive, from within a VPC. */
export const rtmpPushVpc = z.strictObject({ kind: z.literal('rtmp-push-vpc'), ...vpc, streamNames });

/** Publishers send a transport stream in RTP to MediaLive, over the internet. */
export const rtpPush = z.strictObject({ kind: z.literal('rtp-push'), ...allowList }).check(anywhereIsMeant);

/** Publishers send a transport stream in RTP to MediaLive, from within a VPC. */
export const rtpPushVpc = z.strictObject({ kind: z.literal('rtp-push-vpc'), ...vpc });
