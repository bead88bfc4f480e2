import type { Construct } from 'constructs';
import type { OriginOptions } from '../channel/origin';
import { regionRule } from './region-rule';

type OriginKind = OriginOptions['kind'];

/**
 * Regions in which CloudFormation has `AWS::MediaLive::Channel`, `Input` and `InputSecurityGroup`.
 *
 * A Region may have a service and not its resource types. MediaLive is also in us-east-2, eu-west-2, eu-west-3 and
 * eu-north-1, where CloudFormation has no `AWS::MediaLive::Input`, and in ca-central-1, ap-northeast-3, ap-south-2,
 * ap-southeast-4, ap-southeast-5 and me-central-1, where it has none of the three.
 *
 * Read on 2026-06-15 from the schemas that CloudFormation publishes for each Region.
 *
 * None of these Regions requires an opt-in, so each accepts CloudFront's access logs. Each has an Origin Shield.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/resource-type-schemas.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-shield.html#choose-origin-shield-region
 */
const WITH_MEDIA_LIVE = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-central-1',
  'eu-west-1',
  'sa-east-1',
  'us-east-1',
  'us-west-2',
] as const;

/** A Region in which at least one kind of stack can be deployed. */
export type Region = (typeof WITH_MEDIA_LIVE)[number];

/** Services of each origin, and the Regions above that lack one of their resource types. Read on 2026-06-15. */
const ORIGINS: Readonly<Record<OriginKind, { readonly services: string; readonly lacking: readonly Region[] }>> = {
  'media-package': { services: 'MediaLive and MediaPackage v2', lacking: [] },
  'media-package-v1': { services: 'MediaLive and MediaPackage v1', lacking: [] },
  s3: { services: 'MediaLive', lacking: [] },
  'media-store': { services: 'MediaLive and MediaStore', lacking: ['ap-southeast-1'] },
};

/** Returns the Regions where CloudFormation has every resource type of a stack with this origin. */
export function regionsOf(origin: OriginKind): readonly Region[] {
  return WITH_MEDIA_LIVE.filter((region) => !ORIGINS[origin].lacking.includes(region));
}

/** Adds a rule with which CloudFormation refuses a Region that lacks a resource type of the stack. */
export function refuseOtherRegions(scope: Construct, origin: OriginKind): void {
  const regions = regionsOf(origin);
  regionRule(
    scope,
    'RegionHasTheServices',
    regions,
    `CloudFormation must have all resource types of ${ORIGINS[origin].services}. The Regions where it has them are: ${regions.join(', ')}.`,
  );
}
