import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { arnText } from '../stream/arn-text';
import type { Harvests } from './harvest-grants';
import { harvestOf, type RecordingChannel } from './recorded';

/**
 * Returns the way in which the media of MediaPackage v2 is copied. IAM judges each call about a harvest by the channel
 * group, the channel, the endpoint and the job: a policy without one of them denies it.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselementalmediapackagev2.html
 */
export function packagerHarvests(scope: Construct, channels: readonly RecordingChannel[]): Harvests {
  const sources = channels.map(harvestOf);
  const endpoints = given(sources.flatMap(({ targets }) => targets.map(({ endpointArn }) => endpointArn)));
  const groups = given(sources.map(({ channelGroupArn }) => channelGroupArn));
  const around = [...groups, ...given(sources.map(({ channelArn }) => channelArn))];
  const jobs = [...around, ...endpoints.flatMap((arn) => [arn, `${arn}/harvestJob/*`])];
  const acknowledged = endpoints.map((arn) => ({
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::${arnText(scope, arn)}/harvestJob/*]`,
    reason: 'A harvest is named after the run that it copies: all those of one endpoint of this stack.',
  }));
  const recorder = [
    new PolicyStatement({
      actions: ['mediapackagev2:CreateHarvestJob', 'mediapackagev2:CancelHarvestJob'],
      resources: [...jobs],
    }),
    new PolicyStatement({
      actions: ['mediapackagev2:ListHarvestJobs'],
      resources: [...groups],
    }),
  ];
  const catalogue = [new PolicyStatement({ actions: ['mediapackagev2:GetHarvestJob'], resources: [...jobs] })];
  return {
    recorder: { statements: recorder, acknowledged, environment: {} },
    catalogue: { statements: catalogue, acknowledged, environment: {} },
    converted: 'conversion/*',
    ended: {
      source: ['aws.mediapackagev2'],
      'detail-type': ['MediaPackageV2 HarvestJob Notification'],
      detail: { harvestJob: { channelGroupName: [Aws.STACK_NAME] } },
    },
  };
}

/** Returns the values that are given, each once. */
function given(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}
