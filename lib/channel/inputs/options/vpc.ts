import { z } from 'zod';
import { explain, stringThat } from '../../field';
import { eachOnce } from './each-once';

const subnetId = stringThat(
  (value) => /^subnet-[0-9a-f]{8,17}$/.test(value),
  'the id of a subnet such as subnet-0a1b2c3d4e5f60718',
);

const securityGroupId = stringThat(
  (value) => /^sg-[0-9a-f]{8,17}$/.test(value),
  'the id of a VPC security group such as sg-0a1b2c3d4e5f60718',
);

/** The options of every input whose endpoints are in a VPC. */
export const vpc = {
  subnetIds: z.array(subnetId).min(2).max(2).check(eachOnce('subnet')),
  securityGroupIds: z.array(securityGroupId).min(1).max(5).check(eachOnce('security group')),
};

explain(vpc, {
  subnetIds: {
    what: 'Two existing subnets of one VPC, in two Availability Zones, in which MediaLive makes the endpoints. The ids do not show the zones: MediaLive refuses two subnets in one zone when the stack is deployed.',
    effect: 'Changing them makes CloudFormation replace the input, and publishers get other addresses.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/setup-vpc-cdi-vpc.html',
    change: {
      from: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'],
      to: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60720'],
    },
  },
  securityGroupIds: {
    what: 'One to five existing security groups of that VPC, for the endpoints.',
    effect:
      'Their inbound rules decide who may publish, and can be changed at any time. Changing the list of groups replaces the input.',
    change: { from: ['sg-0a1b2c3d4e5f60718'], to: ['sg-0a1b2c3d4e5f60719'] },
  },
});
