import { CustomResource, Duration } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { LiveChannel } from '../channel/live-channel';
import type { Bundle } from './bundles';
import type { Encoder } from './encoder';
import type { ChannelInput } from './input';
import { StackFunction } from './stack-function';

/** Where a publisher sends one pipeline's contribution, as an encoder such as OBS wants it typed. */
export interface IngestAddress {
  readonly server: string;
  readonly streamKey: string;
}

/** The function that brings channels to the state they should be in. One serves all channels of a stack. */
export class ChannelStateFunction extends StackFunction {
  constructor(scope: Construct, id: string, bundle: Bundle) {
    super(scope, id, {
      description: 'Starts and stops the MediaLive channels of the stack and waits until they have done so',
      bundle: bundle.folder,
      // A start takes up to ten minutes, a stop up to five: more than both, and the most that Lambda has.
      timeout: Duration.minutes(15),
    });
  }
}

/**
 * The running state of one channel: a custom resource that starts it once all is in place, if it should run, and that
 * stops it, and waits until it is idle, before CloudFormation deletes it.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/starting-stopping-deleting-a-channel.html
 */
export class RunningState extends Construct {
  /** One for each endpoint of a push input, pipeline 0 first. */
  readonly ingest: readonly IngestAddress[];

  constructor(
    scope: Construct,
    id: string,
    channel: LiveChannel,
    encoder: Encoder,
    input: ChannelInput,
    channelState: ChannelStateFunction,
  ) {
    super(scope, id);
    const role = channelState.function.role;
    const policy = new Policy(this, 'Policy', {
      roles: role === undefined ? [] : [role],
      statements: [
        new PolicyStatement({
          actions: ['medialive:DescribeChannel', 'medialive:StartChannel', 'medialive:StopChannel'],
          resources: [encoder.channelArn],
        }),
        ...(input.ingestAddresses > 0
          ? [new PolicyStatement({ actions: ['medialive:DescribeInput'], resources: [input.inputArn] })]
          : []),
      ],
    });
    const run = new CustomResource(this, 'Run', {
      resourceType: 'Custom::RunningState',
      serviceToken: channelState.function.functionArn,
      serviceTimeout: Duration.minutes(16),
      properties: {
        ChannelId: encoder.channelId,
        Running: channel.running,
        ...(input.ingestAddresses > 0 ? { PushInputId: input.inputId } : {}),
      },
    });
    run.node.addDependency(policy);
    this.ingest = Array.from({ length: input.ingestAddresses }, (_, pipeline) => ({
      server: run.getAttString(`IngestServer${pipeline}`),
      streamKey: run.getAttString(`IngestStreamKey${pipeline}`),
    }));
  }
}
