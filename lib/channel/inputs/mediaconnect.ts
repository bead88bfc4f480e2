import { z } from 'zod';
import { explain, stringThat } from '../field';
import { eachOnce } from './options/each-once';
import type { InputKind } from './options/input-kind';

const flowArn = stringThat(
  (value) => /^arn:aws[a-z-]*:mediaconnect:[a-z0-9-]+:\d{12}:flow:[\w-]+:[\w-]+$/.test(value),
  'the ARN of a MediaConnect flow',
);

const options = { flowArns: z.array(flowArn).min(1).max(2).check(eachOnce('flow')) };

/** Flows of AWS Elemental MediaConnect. */
export const mediaConnect = {
  title: 'MediaConnect',
  intro: 'MediaLive takes the output of MediaConnect flows.',
  source: 'MediaConnect',
  schema: z.strictObject({ kind: z.literal('mediaconnect'), ...options }),
  direction: 'push',
  onePerPipeline: 'flowArns',
  standardClassOnly: false,
  failover: true,
  audio: ['language', 'pid'],
} as const satisfies InputKind;

explain(options, {
  flowArns: {
    what: 'ARNs of existing flows in the Region of the stack: one for a single pipeline, two for two pipelines. Two flows must be in different Availability Zones. Their ARNs do not show the zones: MediaLive refuses two in one zone when the stack is deployed.',
    effect: 'MediaLive adds an output to each flow, and removes it with the input.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/input-create-push-mediaconnect.html',
    change: {
      from: ['arn:aws:mediaconnect:us-east-1:111122223333:flow:1-AbCd-0123456789ab:main'],
      to: ['arn:aws:mediaconnect:us-east-1:111122223333:flow:1-EfGh-0123456789ab:main'],
    },
  },
});
