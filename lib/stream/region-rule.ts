import { Aws, CfnRule, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Adds a rule with which CloudFormation refuses other Regions, before it creates anything. Without a rule, it reports an
 * unrecognized type, or a service reports an endpoint that is not there, and nobody mentions Regions.
 *
 * @param sentence - what the operator reads.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
export function regionRule(scope: Construct, id: string, regions: readonly string[], sentence: string): void {
  new CfnRule(scope, id, {
    assertions: [
      {
        // Published templates compare a pseudo parameter in this way, once for each Region.
        assert: Fn.conditionOr(...regions.map((region) => Fn.conditionEquals(Aws.REGION, region))),
        assertDescription: sentence,
      },
    ],
  });
}
