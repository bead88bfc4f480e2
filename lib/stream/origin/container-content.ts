import { CustomResource, Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Bundle } from '../bundles';
import { StackFunction, serviceTimeout } from '../stack-function';

/** Longest time of one invocation of the function. */
const TIMEOUT = Duration.minutes(10);

/** A container of the stack, and the function that empties it. */
export interface ContainerContentProps {
  readonly bundle: Bundle;
  readonly name: string;
  readonly arn: string;
  /** The ARN in cdk-nag's notation. */
  readonly arnText: string;
  /** Longest lifetime of objects that MediaStore does not list, those that expire within seconds. */
  readonly unlistedSeconds: number;
}

/**
 * Empties a MediaStore container before CloudFormation deletes it, because a full one cannot be deleted. Constructs that
 * depend on this one are deleted before the container is emptied.
 */
export class ContainerContent extends Construct {
  constructor(scope: Construct, id: string, { name, arn, arnText, unlistedSeconds, bundle }: ContainerContentProps) {
    super(scope, id);
    const emptier = new StackFunction(this, 'Emptier', {
      description: 'Empties the MediaStore container of the stack when it is deleted',
      bundle,
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
      serviceToken: emptier.lambda.functionArn,
      serviceTimeout: serviceTimeout(TIMEOUT),
      properties: { ContainerName: name, UnlistedSeconds: unlistedSeconds },
    });
    emptied.node.addDependency(emptier.bounded);
  }
}
