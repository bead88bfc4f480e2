import { z } from 'zod';
import { explain, stringThat } from '../field';
import { eachOnce } from './options/each-once';
import type { InputKind } from './options/input-kind';

const availabilityZone = stringThat(
  (value) => /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/.test(value),
  'the name of an Availability Zone such as us-east-1a',
);

const options = { availabilityZones: z.array(availabilityZone).min(1).max(2).check(eachOnce('zone')) };

/** Outputs of an AWS Elemental MediaConnect router, which are connected to the input in MediaConnect. */
export const mediaConnectRouter = {
  title: 'MediaConnect router',
  intro: 'MediaLive takes what a MediaConnect router sends to it.',
  source: 'MediaConnect',
  schema: z.strictObject({ kind: z.literal('mediaconnect-router'), ...options }),
  direction: 'push',
  onePerPipeline: 'availabilityZones',
  standardClassOnly: false,
  failover: false,
  audio: ['language', 'pid'],
} as const satisfies InputKind;

explain(options, {
  availabilityZones: {
    what: 'Availability Zones of the Region of the stack in which MediaLive takes the outputs of the router: one for a single pipeline, two for two pipelines.',
    effect:
      'After the deployment, connect a router output to the input in MediaConnect; MediaConnect encrypts the way with a key of its own. Changing the zones makes CloudFormation replace the input.',
    local: 'The local run refuses it: it has no MediaConnect router.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-input-routersettings.html',
    change: { from: ['us-east-1a'], to: ['us-east-1b'] },
  },
});
