import type { Construct } from 'constructs';
import { regionRule } from '../stream/region-rule';

/**
 * Regions with MediaTailor, among those that a stack can be in.
 *
 * Read on 2026-11-29, from the endpoints and from the schemas that CloudFormation publishes for each Region.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/mediatailor.html
 */
export const TAILOR_REGIONS = [
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

/** Adds a rule with which CloudFormation refuses a Region without MediaTailor. */
export function refuseRegionsWithoutTailor(scope: Construct): void {
  regionRule(
    scope,
    'RegionHasMediaTailor',
    TAILOR_REGIONS,
    `The ads need AWS Elemental MediaTailor. The Regions that have it are: ${TAILOR_REGIONS.join(', ')}. Deploy to one of them, or leave service out of ads.`,
  );
}
