import type { Construct } from 'constructs';
import { regionRule } from '../stream/region-rule';

/**
 * Regions with Amazon IVS Chat.
 *
 * Read on 2026-11-28.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/ivs.html
 */
export const CHAT_REGIONS = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'eu-central-1',
  'eu-west-1',
  'us-east-1',
  'us-west-2',
] as const;

/** Adds a rule with which CloudFormation refuses a Region without IVS Chat. */
export function refuseRegionsWithoutChat(scope: Construct): void {
  regionRule(
    scope,
    'RegionHasChat',
    CHAT_REGIONS,
    `Chat needs Amazon IVS Chat. The Regions that have it are: ${CHAT_REGIONS.join(', ')}. Deploy to one of them, or leave chat out of the description.`,
  );
}
