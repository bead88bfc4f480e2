import { CfnOutput, CfnResource, type Stack } from 'aws-cdk-lib';
import { DescriptionError } from '../channel/sentences';

/**
 * CloudFormation's limits for a template. The largest stack within them has less than half of the bytes that a template
 * may have.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const MOST = { Outputs: 200, resources: 500 } as const;

/**
 * Refuses a description whose stack exceeds CloudFormation's limits: one with many channels, each with two pipelines, every
 * format, and inputs to switch to.
 *
 * @param channels - number of channels in the description.
 * @throws DescriptionError
 */
export function refuseTooLarge(stack: Stack, channels: number): void {
  const elements = stack.node.findAll();
  const found = {
    Outputs: elements.filter((element) => element instanceof CfnOutput).length,
    resources: elements.filter((element) => CfnResource.isCfnResource(element)).length,
  };
  const problems = (['Outputs', 'resources'] as const)
    .filter((kind) => found[kind] > MOST[kind])
    .map(
      (kind) =>
        `channels: ${channels} given, which make ${found[kind]} ${kind} of the stack; CloudFormation takes ${MOST[kind]}: divide the channels over several stacks (-c config=FILE -c stack=NAME)`,
    );
  if (problems.length > 0) throw new DescriptionError(problems);
}
