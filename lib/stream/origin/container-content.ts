import { CustomResource, Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Bundle } from '../bundles';
import { StackFunction, serviceTimeout } from '../stack-function';

/** The most that one invocation of the function takes. */
const TIMEOUT = Duration.minutes(10);

/** A container of the stack. */
export interface ContainerContentProps {
  readonly name: string;
  readonly arn: string;
  /** The ARN as cdk-nag writes it. */
  readonly arnText: string;
  /** For how long at most objects are there that MediaStore does not list: those that expire within seconds. */
  readonly unlistedSeconds: number;
}

/** What empties it. */
export interface ContainerEmptying {
  readonly bundle: Bundle;
  /** Who hears of what it fails at. */
  readonly failures: ITopic;
}

/**
 * Empties a MediaStore container before CloudFormation deletes it, because a full one cannot be deleted. What comes
 * after this construct goes before the container is emptied.
 */
export class ContainerContent extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { name, arn, arnText, unlistedSeconds }: ContainerContentProps,
    { bundle, failures }: ContainerEmptying,
  ) {
    super(scope, id);
    const emptier = new StackFunction(this, 'Emptier', {
      description: 'Empties the MediaStore container of the stack when it is deleted',
      bundle,
      failures,
      timeout: TIMEOUT,
      statements: [
        new PolicyStatement({ actions: ['mediastore:DescribeContainer'], resources: [arn] }),
        new PolicyStatement({ actions: ['mediastore:DeleteObject', 'mediastore:ListItems'], resources: [`${arn}/*`] }),
      ],
    });
    Validations.of(this).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${arnText}/*]`,
      reason: 'The function removes everything that this container of the stack holds, and nothing in any other.',
    });
    const emptied = new CustomResource(this, 'Emptied', {
      resourceType: 'Custom::ContainerContent',
      serviceToken: emptier.function.functionArn,
      serviceTimeout: serviceTimeout(TIMEOUT),
      properties: { ContainerName: name, UnlistedSeconds: unlistedSeconds },
    });
    emptied.node.addDependency(emptier.bounded);
  }
}
