import { z } from 'zod';
import { field, text } from '../field';
import { eachOnce } from './each-once';
import { vpc } from './vpc';

const flowArn = text(
  (value) => /^arn:aws[a-z-]*:mediaconnect:[a-z0-9-]+:\d{12}:flow:[\w-]+:[\w-]+$/.test(value),
  'the ARN of a MediaConnect flow',
);

/** MediaLive takes flows of AWS Elemental MediaConnect. */
export const mediaConnect = z.strictObject({
  kind: z.literal('mediaconnect'),
  flowArns: field(z.array(flowArn).min(1).max(2).check(eachOnce('flow')), {
    what: 'ARNs of existing flows in the Region of the stack: one for a single pipeline, two for two pipelines. Two must be in different Availability Zones, which cannot be seen from their ARNs: MediaLive refuses two in one zone when the stack is deployed.',
    effect: 'MediaLive adds an output to each flow, and removes it with the input.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/input-create-push-mediaconnect.html',
  }),
});

const deviceId = text(
  (value) => /^[a-z0-9][a-z0-9-]{2,63}$/.test(value),
  'the id of a Link device such as hd-0123456789abcdef',
);

/** MediaLive takes AWS Elemental Link devices. */
export const linkDevice = z.strictObject({
  kind: z.literal('link-device'),
  deviceIds: field(z.array(deviceId).min(1).max(2).check(eachOnce('device')), {
    what: 'Ids of Link devices of this account in the Region of the stack: one for a single pipeline, two for two pipelines.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/input-create-link-device.html',
  }),
});

/** Publishers send uncompressed video to MediaLive, from within a VPC. */
export const cdi = z.strictObject({
  kind: z.literal('cdi'),
  ...vpc,
  resolution: field(z.enum(['SD', 'HD', 'FHD', 'UHD']).default('FHD'), {
    what: 'The largest picture that comes in: `HD` is up to 1280x720, `FHD` up to 1920x1080, `UHD` up to 3840x2160.',
    effect: 'MediaLive reserves and charges for it.',
  }),
});
