import { CfnInputSecurityGroup } from 'aws-cdk-lib/aws-medialive';
import type { Construct } from 'constructs';
import type { InputBuilder, InputBuilders, InputContext } from './input-kind';
import { vpcInput } from './vpc';

/** Makes the group of addresses that may publish. It can be changed at any time, so it is no part of an input's settings. */
export function inputSecurityGroups(scope: Construct, allowedCidrs: readonly string[]): string[] {
  const group = new CfnInputSecurityGroup(scope, 'SecurityGroup', {
    whitelistRules: allowedCidrs.map((cidr) => ({ cidr })),
  });
  return [group.ref];
}

/** Builds an input for RTMP over the internet. */
const rtmpPush: InputBuilder<'rtmp-push'> = (context) => {
  const groups = inputSecurityGroups(context.scope, context.source.allowedCidrs);
  return {
    props: {
      type: 'RTMP_PUSH',
      inputSecurityGroups: groups,
      destinations: destinations(context.source.streamNames, context),
    },
    ingest: 'rtmp',
  };
};

/** Builds an input for RTMP within a VPC. */
const rtmpPushVpc: InputBuilder<'rtmp-push-vpc'> = (context) => {
  const { vpc, roleArn } = vpcInput(context.scope, context.source);
  return {
    props: { type: 'RTMP_PUSH', vpc, roleArn, destinations: destinations(context.source.streamNames, context) },
    ingest: 'rtmp',
  };
};

/** Builds an input for RTP over the internet. MediaLive makes its two endpoints automatically. */
const rtpPush: InputBuilder<'rtp-push'> = ({ scope, source }) => ({
  props: { type: 'RTP_PUSH', inputSecurityGroups: inputSecurityGroups(scope, source.allowedCidrs) },
  ingest: 'rtp',
});

/** Builds an input for RTP within a VPC, with an endpoint in each subnet. */
const rtpPushVpc: InputBuilder<'rtp-push-vpc'> = ({ scope, source }) => {
  const { vpc, roleArn } = vpcInput(scope, source);
  return { props: { type: 'RTP_PUSH', vpc, roleArn }, ingest: 'rtp' };
};

type Named = Pick<InputContext, 'name' | 'pipelines'>;

function destinations(streamNames: readonly string[] | undefined, { name, pipelines }: Named) {
  const names = streamNames ?? Array.from({ length: pipelines }, (_, pipeline) => `${name}/pipeline-${pipeline}`);
  return names.map((streamName) => ({ streamName }));
}

/** The builders of inputs that publishers send RTMP or RTP to. */
export const PUSHED_INPUTS = {
  'rtmp-push': rtmpPush,
  'rtmp-push-vpc': rtmpPushVpc,
  'rtp-push': rtpPush,
  'rtp-push-vpc': rtpPushVpc,
} satisfies Partial<InputBuilders>;
