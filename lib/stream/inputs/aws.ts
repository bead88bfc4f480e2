import { Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { InputOf } from '../../channel/input';
import { mediaLivePrincipal } from '../media-live-principal';
import type { InputKind } from './input-kind';
import { vpcInput } from './vpc';

/** Flows of MediaConnect. MediaLive adds its output to each with the role of the input. */
export function mediaConnect(scope: Construct, { flowArns }: InputOf<'mediaconnect'>): InputKind {
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
}

/** Link devices. */
export function linkDevice({ deviceIds }: InputOf<'link-device'>): InputKind {
  return { props: { type: 'INPUT_DEVICE', inputDevices: deviceIds.map((id) => ({ id })) } };
}

/** Uncompressed video within a VPC. */
export function cdi(scope: Construct, source: InputOf<'cdi'>): InputKind {
  const { vpc, roleArn } = vpcInput(scope, source);
  return {
    props: { type: 'AWS_CDI', vpc, roleArn },
    ingest: 'cdi',
    channelSettings: { cdiInputSpecification: { resolution: source.resolution } },
  };
}
