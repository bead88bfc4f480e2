import { Aws, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { CfnInput } from 'aws-cdk-lib/aws-medialive';
import type { Construct } from 'constructs';
import type { InputOf } from '../../channel/input';
import { mediaLivePrincipal } from '../media-live-principal';

type VpcOptions = Pick<InputOf<'cdi'>, 'subnetIds' | 'securityGroupIds'>;

/**
 * Places the endpoints of an input in a VPC, with the role with which MediaLive makes and removes them.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/trusted-entity-requirements.html
 */
export function vpcInput(
  scope: Construct,
  { subnetIds, securityGroupIds }: VpcOptions,
): { readonly vpc: CfnInput.InputVpcRequestProperty; readonly roleArn: string } {
  const ec2 = (resource: string) => `arn:${Aws.PARTITION}:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
  const role = new Role(scope, 'Role', {
    description: 'MediaLive makes and removes the endpoints of an input in a VPC',
    assumedBy: mediaLivePrincipal('input'),
    inlinePolicies: {
      vpc: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: [
              'ec2:CreateNetworkInterface',
              'ec2:CreateNetworkInterfacePermission',
              'ec2:DeleteNetworkInterface',
              'ec2:DeleteNetworkInterfacePermission',
            ],
            resources: [
              ec2('network-interface/*'),
              ...subnetIds.map((id) => ec2(`subnet/${id}`)),
              ...securityGroupIds.map((id) => ec2(`security-group/${id}`)),
            ],
          }),
          new PolicyStatement({
            actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets'],
            resources: ['*'],
          }),
        ],
      }),
    },
  });
  Validations.of(role).acknowledge(
    {
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: 'EC2 has no narrower resource for its Describe actions.',
    },
    {
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:network-interface/*]',
      reason: 'MediaLive makes the network interfaces with this role, so there is no id to name before.',
    },
  );
  return { vpc: { subnetIds: [...subnetIds], securityGroupIds: [...securityGroupIds] }, roleArn: role.roleArn };
}
