import { z } from 'zod';
import { explain, stringThat } from '../field';
import { eachOnce } from './options/each-once';
import type { InputKind } from './options/input-kind';

const deviceId = stringThat(
  (value) => /^[a-z0-9][a-z0-9-]{2,63}$/.test(value),
  'the id of a Link device such as hd-0123456789abcdef',
);

const options = { deviceIds: z.array(deviceId).min(1).max(2).check(eachOnce('device')) };

/** AWS Elemental Link devices. */
export const linkDevice = {
  title: 'Link device',
  intro: 'An AWS Elemental Link at the venue sends the video.',
  source: 'an AWS Elemental Link',
  schema: z.strictObject({ kind: z.literal('link-device'), ...options }),
  direction: 'push',
  onePerPipeline: 'deviceIds',
  standardClassOnly: false,
  failover: false,
  audio: ['track'],
} as const satisfies InputKind;

explain(options, {
  deviceIds: {
    what: 'Ids of Link devices of this account in the Region of the stack: one for a single pipeline, two for two pipelines.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/input-create-link-device.html',
    change: { from: ['hd-0123456789abcdef'], to: ['hd-00000000'] },
  },
});
