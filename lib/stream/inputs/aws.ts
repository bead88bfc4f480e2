import { Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { mediaLivePrincipal } from '../media-live-principal';
import type { InputBuilder, InputBuilders } from './input-kind';
import { vpcInput } from './vpc';

/** Builds an input for flows of MediaConnect. MediaLive adds its output to each with the role of the input. */
const mediaConnect: InputBuilder<'mediaconnect'> = ({ scope, source: { flowArns } }) => {
  const role = new Role(scope, 'Role', {
    description: 'MediaLive adds the outputs of an input to MediaConnect flows and removes them',
    assumedBy: mediaLivePrincipal('input'),
    inlinePolicies: {
      flows: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: [
              'mediaconnect:ManagedAddOutput',
              'mediaconnect:ManagedDescribeFlow',
              'mediaconnect:ManagedRemoveOutput',
            ],
            resources: ['*'],
          }),
        ],
      }),
    },
  });
  Validations.of(role).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason: 'MediaConnect refuses these actions on a named flow: they are granted on all or on none.',
  });
  return {
    props: {
      type: 'MEDIACONNECT',
      mediaConnectFlows: flowArns.map((flowArn) => ({ flowArn })),
      roleArn: role.roleArn,
    },
  };
};

/** Builds an input for outputs of a MediaConnect router. MediaConnect connects them later, with a key of its own. */
const mediaConnectRouter: InputBuilder<'mediaconnect-router'> = ({ source: { availabilityZones } }) => ({
  props: {
    type: 'MEDIACONNECT_ROUTER',
    routerSettings: {
      destinations: availabilityZones.map((availabilityZoneName) => ({ availabilityZoneName })),
      encryptionType: 'AUTOMATIC',
    },
  },
});

/** Builds an input for Link devices. */
const linkDevice: InputBuilder<'link-device'> = ({ source: { deviceIds } }) => ({
  props: { type: 'INPUT_DEVICE', inputDevices: deviceIds.map((id) => ({ id })) },
});

/** Builds an input for uncompressed video within a VPC. */
const cdi: InputBuilder<'cdi'> = ({ scope, source }) => {
  const { vpc, roleArn } = vpcInput(scope, source);
  return {
    props: { type: 'AWS_CDI', vpc, roleArn },
    ingest: 'cdi',
    channelSettings: { cdiInputSpecification: { resolution: source.resolution } },
  };
};

/** The builders of inputs that other AWS services and devices feed. */
export const AWS_INPUTS = {
  mediaconnect: mediaConnect,
  'mediaconnect-router': mediaConnectRouter,
  'link-device': linkDevice,
  cdi,
} satisfies Partial<InputBuilders>;
