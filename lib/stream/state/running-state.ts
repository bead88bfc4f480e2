import { Aws, CustomResource, Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct, IDependable } from 'constructs';
import { CHANNEL_TAGS } from '../../../lambda/shared/channels/tags';
import { type LiveChannel, pipelineCount } from '../../channel/live-channel';
import type { LiveStream } from '../../channel/live-stream';
import type { Encoder } from '../encoder/encoder';
import type { ChannelInputs } from '../inputs/channel-inputs';
import type { ChannelInput } from '../inputs/input';
import type { IngestProtocol } from '../inputs/input-kind';
import { pascalCase } from '../names';
import type { ChannelStateFunction } from './channel-state-function';
import { settingsHash } from './settings-hash';

/** The destination of one pipeline's contribution, in the form in which it is typed into an encoder such as OBS. */
export interface IngestAddress {
  /** Words that tell the input from the channel's first input; empty for that one. */
  readonly role: string;
  readonly pipeline: number;
  readonly protocol: IngestProtocol;
  readonly server: string;
  /** Stream key. Only RTMP has one. */
  readonly streamKey: string | undefined;
}

/** The properties of the running state of one channel. */
export interface RunningStateProps {
  readonly channel: LiveChannel;
  readonly inputs: ChannelInputs;
  readonly encoder: Encoder;
  readonly interruption: LiveStream['interruption'];
  readonly channelState: ChannelStateFunction;
}

/**
 * The running state of one channel: two custom resources, one before the channel and one after it.
 *
 * - Quiesce, on which the channel and its inputs depend, makes the channel idle when an update will change them.
 * - Run, which depends on the channel, starts it once everything is in place, if it should run. Before CloudFormation
 *   deletes the channel, Run stops it and waits until it is idle.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/starting-stopping-deleting-a-channel.html
 */
export class RunningState {
  /** Quiesce. Everything that must wait until an interrupted channel is idle depends on it. */
  readonly quiesced: IDependable;
  /** Run, which exists once the channel is in its state. */
  readonly run: CustomResource;
  /** The destinations of publishers: one for each endpoint of each push input, pipeline 0 first. */
  readonly ingest: readonly IngestAddress[];

  /** @param scope - contains the two custom resources, and nothing else. */
  constructor(
    private readonly scope: Construct,
    private readonly props: RunningStateProps,
  ) {
    const { channel, inputs, encoder } = props;
    const settings = this.settings();
    encoder.channel.tags.setTag(CHANNEL_TAGS.stack, Aws.STACK_ID);
    encoder.channel.tags.setTag(CHANNEL_TAGS.channel, channel.name);
    encoder.channel.tags.setTag(CHANNEL_TAGS.settings, settings);

    const quiesced = this.quiesce(settings);
    // The whole constructs, because a change of a role is also a change for the running channel.
    for (const used of [encoder, ...inputs.all]) used.node.addDependency(quiesced);
    this.quiesced = quiesced;

    const pushed = inputs.all.filter(isPushed);
    const run = this.runResource(settings, pushed);
    if (pushed.length > 0) run.node.addDependency(this.describeInputs(pushed));
    this.run = run;
    this.ingest = pushed.flatMap((input) => ingestAddresses(input, run));
  }

  /** Returns a hash of everything that MediaLive changes only while a channel is idle. */
  private settings(): string {
    const { encoder, inputs } = this.props;
    const baked: Record<string, unknown> = { channel: encoder.settings, input: inputs.first.settings };
    if (inputs.others.length > 0) baked['others'] = inputs.others.map(({ settings }) => settings);
    return settingsHash(Stack.of(this.scope).resolve(baked));
  }

  private quiesce(settings: string): CustomResource {
    const { channel, inputs, encoder, interruption, channelState } = this.props;
    const stack = Stack.of(this.scope);
    const others = inputs.others.map(({ input }) => stack.getLogicalId(input));
    const quiesced = new CustomResource(this.scope, 'Quiesce', {
      ...channelState.customResource,
      resourceType: 'Custom::Quiesce',
      properties: {
        ChannelName: channel.name,
        // Names and not references: the channel depends on this resource, which therefore cannot refer to it.
        ChannelLogicalId: stack.getLogicalId(encoder.channel),
        InputLogicalId: stack.getLogicalId(inputs.first.input),
        OtherInputLogicalIds: others.length === 0 ? undefined : others,
        Settings: settings,
        Interruption: interruption,
      },
    });
    quiesced.node.addDependency(channelState.bounded);
    return quiesced;
  }

  private runResource(settings: string, pushed: readonly PushedInput[]): CustomResource {
    const { channel, encoder, channelState } = this.props;
    // Settings are a property so that Run is updated whenever Quiesce was.
    const properties: Record<string, unknown> = {
      ChannelId: encoder.channelId,
      Running: channel.running,
      Settings: settings,
    };
    // The Outputs ask for one address per pipeline, whatever MediaLive reports.
    if (pushed.length > 0) properties['IngestAddresses'] = pipelineCount(channel);
    const first = pushed.find(({ role }) => role === '');
    if (first !== undefined) properties['PushInputId'] = first.inputId;
    const others = pushed.filter(({ role }) => role !== '');
    if (others.length > 0) {
      properties['OtherPushInputIds'] = Object.fromEntries(
        others.map(({ role, inputId }) => [pascalCase(role), inputId]),
      );
    }
    // A channel that is replaced has a Run of its own. It is deleted, and stops the channel, before the channel is deleted.
    return new CustomResource(this.scope, `Run${pascalCase(channel.redundancy)}`, {
      ...channelState.customResource,
      resourceType: 'Custom::RunningState',
      properties,
    });
  }

  private describeInputs(pushed: readonly PushedInput[]): Policy {
    return new Policy(this.scope, 'Policy', {
      roles: [this.props.channelState.role],
      statements: [
        new PolicyStatement({
          actions: ['medialive:DescribeInput'],
          resources: pushed.map(({ inputArn }) => inputArn),
        }),
      ],
    });
  }
}

type PushedInput = ChannelInput & { readonly ingest: IngestProtocol };

/** Tells whether publishers send to an input. */
function isPushed(input: ChannelInput): input is PushedInput {
  return input.ingest !== undefined;
}

function ingestAddresses(
  { role, ingest, ingestAddresses: count }: PushedInput,
  run: CustomResource,
): readonly IngestAddress[] {
  const attribute = (name: string, pipeline: number) => run.getAttString(`Ingest${name}${pipeline}${pascalCase(role)}`);
  return Array.from({ length: count }, (_, pipeline) => ({
    role,
    pipeline,
    protocol: ingest,
    server: attribute('Server', pipeline),
    streamKey: ingest === 'rtmp' ? attribute('StreamKey', pipeline) : undefined,
  }));
}
