import { Aws, Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Bundle } from '../bundles';
import { StackFunction, serviceTimeout } from '../stack-function';
import { OWN_CHANNELS_ACKNOWLEDGEMENT, ownChannelStatements } from './own-channels';

/** Longest time of one invocation, which is Lambda's limit. A start takes up to ten minutes and a stop up to five. */
const TIMEOUT = Duration.minutes(15);

/** The function that brings channels to the state in which they should be. One serves all channels of a stack. */
export class ChannelStateFunction extends StackFunction {
  /** The properties that every custom resource of this function has. */
  readonly customResource: { readonly serviceToken: string; readonly serviceTimeout: Duration };

  constructor(scope: Construct, id: string, bundle: Bundle) {
    super(scope, id, {
      description: 'Starts and stops the MediaLive channels of the stack and waits until they have done so',
      bundle,
      timeout: TIMEOUT,
      statements: [
        ...ownChannelStatements(),
        new PolicyStatement({
          actions: ['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks'],
          resources: [Aws.STACK_ID],
        }),
      ],
    });
    Validations.of(this.role).acknowledge(OWN_CHANNELS_ACKNOWLEDGEMENT);
    this.customResource = { serviceToken: this.lambda.functionArn, serviceTimeout: serviceTimeout(TIMEOUT) };
  }
}
