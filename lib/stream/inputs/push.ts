import { CfnInputSecurityGroup } from 'aws-cdk-lib/aws-medialive';
import type { Construct } from 'constructs';
import type { InputOf } from '../../channel/input';
import type { InputContext, InputKind } from './input-kind';
import { vpcInput } from './vpc';

type RtmpNames = Pick<InputOf<'rtmp-push'>, 'streamNames'>;

/** The addresses that may publish. They can be changed at any time, so they are no part of an input's settings. */
export function inputSecurityGroups(scope: Construct, allowedCidrs: readonly string[]): string[] {
  const group = new CfnInputSecurityGroup(scope, 'SecurityGroup', {
    whitelistRules: allowedCidrs.map((cidr) => ({ cidr })),
  });
  return [group.ref];
}

/** RTMP over the internet. */
export function rtmpPush(scope: Construct, source: InputOf<'rtmp-push'>, context: InputContext): InputKind {
  const groups = inputSecurityGroups(scope, source.allowedCidrs);
  return {
    props: { type: 'RTMP_PUSH', inputSecurityGroups: groups, destinations: destinations(source, context) },
    ingest: 'rtmp',
  };
}

/** RTMP within a VPC. */
export function rtmpPushVpc(scope: Construct, source: InputOf<'rtmp-push-vpc'>, context: InputContext): InputKind {
  const { vpc, roleArn } = vpcInput(scope, source);
  return {
    props: { type: 'RTMP_PUSH', vpc, roleArn, destinations: destinations(source, context) },
    ingest: 'rtmp',
  };
}

/** RTP over the internet. MediaLive makes its two endpoints by itself. */
export function rtpPush(scope: Construct, source: InputOf<'rtp-push'>): InputKind {
  return {
    props: { type: 'RTP_PUSH', inputSecurityGroups: inputSecurityGroups(scope, source.allowedCidrs) },
    ingest: 'rtp',
  };
}

/** RTP within a VPC: an endpoint in each subnet. */
export function rtpPushVpc(scope: Construct, source: InputOf<'rtp-push-vpc'>): InputKind {
  const { vpc, roleArn } = vpcInput(scope, source);
  return { props: { type: 'RTP_PUSH', vpc, roleArn }, ingest: 'rtp' };
}

function destinations({ streamNames }: RtmpNames, { name, pipelines }: InputContext) {
  const names = streamNames ?? Array.from({ length: pipelines }, (_, pipeline) => `${name}/pipeline-${pipeline}`);
  return names.map((streamName) => ({ streamName }));
}
