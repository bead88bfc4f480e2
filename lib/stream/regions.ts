import { Aws, CfnRule, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * The Regions where this stack can live, those that have both MediaLive and MediaPackage v2, each with the nearest
 * Region that has an Origin Shield.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/medialive.html
 * @see https://docs.aws.amazon.com/general/latest/gr/mediapackage.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-shield.html#choose-origin-shield-region
 */
export const NEAREST_ORIGIN_SHIELD = {
  'ap-northeast-1': 'ap-northeast-1',
  'ap-northeast-2': 'ap-northeast-2',
  'ap-northeast-3': 'ap-northeast-1',
  'ap-south-1': 'ap-south-1',
  'ap-south-2': 'ap-south-1',
  'ap-southeast-1': 'ap-southeast-1',
  'ap-southeast-2': 'ap-southeast-2',
  'ap-southeast-4': 'ap-southeast-2',
  'ap-southeast-5': 'ap-southeast-1',
  'ca-central-1': 'us-east-1',
  'eu-central-1': 'eu-central-1',
  'eu-north-1': 'eu-west-2',
  'eu-west-1': 'eu-west-1',
  'eu-west-2': 'eu-west-2',
  'eu-west-3': 'eu-west-2',
  'me-central-1': 'ap-south-1',
  'sa-east-1': 'sa-east-1',
  'us-east-1': 'us-east-1',
  'us-east-2': 'us-east-2',
  'us-west-2': 'us-west-2',
} as const satisfies Record<string, string>;

/**
 * Lets CloudFormation refuse a Region that lacks MediaLive or MediaPackage v2 with a sentence, before it creates
 * anything; without it, the first resource of the missing service fails minutes later.
 */
export function refuseOtherRegions(scope: Construct): void {
  const regions = Object.keys(NEAREST_ORIGIN_SHIELD);
  new CfnRule(scope, 'RegionHasTheServices', {
    assertions: [
      {
        // One comparison for each Region: the shape that published templates use with a pseudo parameter.
        assert: Fn.conditionOr(...regions.map((region) => Fn.conditionEquals(Aws.REGION, region))),
        assertDescription: `MediaLive and MediaPackage v2 are both needed. The Regions that have them are: ${regions.join(', ')}.`,
      },
    ],
  });
}
