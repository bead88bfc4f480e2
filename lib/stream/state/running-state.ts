import { Aws, CustomResource, Duration, Lazy, Stack, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IDependable } from 'constructs';
import { CHANNEL_TAGS } from '../../../lambda/shared/channels/tags';
import { type LiveChannel, pipelineCount } from '../../channel/live-channel';
import type { LiveStream } from '../../channel/live-stream';
import type { Bundle } from '../bundles';
import type { Encoder } from '../encoder/encoder';
import type { ChannelInputs } from '../inputs/channel-inputs';
import type { ChannelInput } from '../inputs/input';
import type { IngestProtocol } from '../inputs/input-kind';
import { pascalCase } from '../names';
import { StackFunction, serviceTimeout } from '../stack-function';
import { OWN_CHANNELS_ACKNOWLEDGEMENT, ownChannelStatements } from './own-channels';
import { settingsHash } from './settings-hash';

/** Where a publisher sends one pipeline's contribution, as an encoder such as OBS wants it typed. */
export interface IngestAddress {
  /** What tells it from the channel's first input, in words; empty for that one. */
  readonly role: string;
  readonly pipeline: number;
  readonly protocol: IngestProtocol;
  readonly server: string;
  /** RTMP alone has one. */
  readonly streamKey: string | undefined;
}

/** The function that brings channels to the state they should be in. One serves all channels of a stack. */
export class ChannelStateFunction extends StackFunction {
  constructor(scope: Construct, id: string, bundle: Bundle, failures: ITopic) {
    super(scope, id, {
      description: 'Starts and stops the MediaLive channels of the stack and waits until they have done so',
      bundle,
      failures,
      timeout: TIMEOUT,
      statements: [
        ...ownChannelStatements(),
        new PolicyStatement({
          actions: ['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks'],
          resources: [Aws.STACK_ID],
        }),
      ],
    });
    if (this.function.role !== undefined) Validations.of(this.function.role).acknowledge(OWN_CHANNELS_ACKNOWLEDGEMENT);
  }
}

/** What the lifecycle of one channel is made from. */
export interface RunningStateProps {
  readonly channel: LiveChannel;
  readonly interruption: LiveStream['interruption'];
  readonly channelState: ChannelStateFunction;
}

/**
 * The running state of one channel, two custom resources around it:
 *
 * - Quiesce, which the channel and its input wait for, makes the channel idle when an update will change them.
 * - Run, which waits for the channel, starts it once all is in place, if it should run, and stops it, and waits until it
 *   is idle, before CloudFormation deletes it.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/starting-stopping-deleting-a-channel.html
 */
export class RunningState extends Construct {
  /** What has to wait for an interrupted channel to be idle depends on this. */
  readonly quiesced: IDependable;
  private lookedAfter: { readonly encoder: Encoder; readonly inputs: ChannelInputs } | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RunningStateProps,
  ) {
    super(scope, id);
    const { channel, channelState, interruption } = props;
    const quiesced = new CustomResource(this, 'Quiesce', {
      resourceType: 'Custom::Quiesce',
      serviceToken: channelState.function.functionArn,
      serviceTimeout: serviceTimeout(TIMEOUT),
      properties: {
        ChannelName: channel.name,
        // By name: the channel waits for this resource, which therefore cannot refer to it.
        ChannelLogicalId: Lazy.string({ produce: () => Stack.of(this).getLogicalId(this.around().encoder.channel) }),
        InputLogicalId: Lazy.string({ produce: () => Stack.of(this).getLogicalId(this.around().inputs.first.input) }),
        OtherInputLogicalIds: Lazy.list(
          {
            produce: () => this.around().inputs.others.map(({ input }) => Stack.of(this).getLogicalId(input)),
          },
          { omitEmpty: true },
        ),
        Settings: Lazy.string({ produce: () => this.settings() }),
        Interruption: interruption,
      },
    });
    quiesced.node.addDependency(channelState.bounded);
    this.quiesced = quiesced;
  }

  /**
   * Looks after a channel and its inputs.
   *
   * @returns where publishers go, one for each endpoint of each push input, pipeline 0 first, and what is there once the
   * channel is in its state.
   */
  lookAfter(encoder: Encoder, inputs: ChannelInputs): { ingest: readonly IngestAddress[]; run: IDependable } {
    this.lookedAfter = { encoder, inputs };
    const { channel, channelState } = this.props;
    encoder.channel.tags.setTag(CHANNEL_TAGS.stack, Aws.STACK_ID);
    encoder.channel.tags.setTag(CHANNEL_TAGS.channel, channel.name);
    encoder.channel.tags.setTag(CHANNEL_TAGS.settings, Lazy.string({ produce: () => this.settings() }));
    // With all that is theirs: a role that is changed is changed for the running channel.
    for (const used of [encoder, ...inputs.all]) used.node.addDependency(this.quiesced);

    const pushed = inputs.all.filter(isPushed);
    const others = pushed.filter(({ role }) => role !== '');
    // A channel that is replaced has a Run of its own, which is deleted, and so stops it, before it is deleted itself.
    const run = new CustomResource(this, `Run${pascalCase(channel.redundancy)}`, {
      resourceType: 'Custom::RunningState',
      serviceToken: channelState.function.functionArn,
      serviceTimeout: serviceTimeout(TIMEOUT),
      properties: {
        ChannelId: encoder.channelId,
        Running: channel.running,
        // So that it has its turn whenever Quiesce had one.
        Settings: Lazy.string({ produce: () => this.settings() }),
        // As many as the Outputs ask for, whatever MediaLive tells.
        ...(pushed.length > 0 ? { IngestAddresses: pipelineCount(channel) } : {}),
        ...(isPushed(inputs.first) ? { PushInputId: inputs.first.inputId } : {}),
        ...(others.length > 0
          ? { OtherPushInputIds: Object.fromEntries(others.map(({ role, inputId }) => [pascalCase(role), inputId])) }
          : {}),
      },
    });
    if (pushed.length > 0) {
      const { role } = channelState.function;
      const policy = new Policy(this, 'Policy', {
        roles: role === undefined ? [] : [role],
        statements: [
          new PolicyStatement({
            actions: ['medialive:DescribeInput'],
            resources: pushed.map(({ inputArn }) => inputArn),
          }),
        ],
      });
      run.node.addDependency(policy);
    }
    return { ingest: pushed.flatMap((input) => ingestAddresses(input, run)), run };
  }

  /** A hash of all that MediaLive changes on idle channels only. */
  private settings(): string {
    const { encoder, inputs } = this.around();
    const others = inputs.others.map(({ settings }) => settings);
    return settingsHash(
      Stack.of(this).resolve({
        channel: encoder.settings,
        input: inputs.first.settings,
        ...(others.length > 0 ? { others } : {}),
      }),
    );
  }

  private around() {
    if (this.lookedAfter === undefined) throw new Error(`Nothing was given to ${this.node.path} to look after`);
    return this.lookedAfter;
  }
}

type PushedInput = ChannelInput & { readonly ingest: IngestProtocol };

/** Whether publishers send to an input. */
function isPushed(input: ChannelInput): input is PushedInput {
  return input.ingest !== undefined;
}

function ingestAddresses(
  { role, ingest, ingestAddresses: count }: PushedInput,
  run: CustomResource,
): readonly IngestAddress[] {
  const of = (what: string, pipeline: number) => run.getAttString(`Ingest${what}${pipeline}${pascalCase(role)}`);
  return Array.from({ length: count }, (_, pipeline) => ({
    role,
    pipeline,
    protocol: ingest,
    server: of('Server', pipeline),
    streamKey: ingest === 'rtmp' ? of('StreamKey', pipeline) : undefined,
  }));
}

/** A start takes up to ten minutes, a stop up to five: more than both, and the most that Lambda has. */
const TIMEOUT = Duration.minutes(15);
