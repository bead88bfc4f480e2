import { Validations } from 'aws-cdk-lib';
import type { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { Construct } from 'constructs';
import type { LiveChannel } from '../../channel/live-channel';
import { failoverSettings } from './failover-settings';
import { ChannelInput } from './input';
import type { TestClip } from './test-clip';

/** All inputs of one channel: the one that it starts with, and those that it can switch to. */
export class ChannelInputs {
  readonly first: ChannelInput;
  readonly others: readonly ChannelInput[];
  /** The inputs that a producer switches between; none where there is nothing to switch to. */
  readonly switchable: readonly ChannelInput[];
  /** Attachments in MediaLive's order: the input that the channel starts with, then its failover input if it has one. */
  readonly attachments: readonly CfnChannel.InputAttachmentProperty[];

  /** @param testClip - the stack's clip, where an input needs it. */
  constructor(scope: Construct, channel: LiveChannel, testClip: TestClip | undefined) {
    const { name, redundancy, audio, captions, failover, preparedInputs } = channel;
    const all = { redundancy, audio, captions, testClip };
    this.first = new ChannelInput(scope, `Input-${name}`, { ...all, source: channel.input, name });
    const beside = new Construct(scope, `OtherInputs-${name}`);
    const backup =
      failover &&
      new ChannelInput(beside, 'Backup', {
        ...all,
        source: failover.input,
        name: `${name}-backup`,
        role: 'backup',
      });
    const prepared = preparedInputs.map(
      ({ name: own, input: source }) =>
        new ChannelInput(beside, `Prepared-${own}`, { ...all, source, name: `${name}-${own}`, role: own }),
    );
    this.others = backup === undefined ? prepared : [backup, ...prepared];
    this.switchable = prepared.length === 0 ? [] : [this.first, ...prepared];
    const first: CfnChannel.InputAttachmentProperty = {
      ...this.first.attachment,
      automaticInputFailoverSettings: failover && backup && failoverSettings(failover, backup.inputId, audio),
    };
    this.attachments = [first, ...this.others.map(({ attachment }) => attachment)];
  }

  /** All inputs, the first one first. */
  get all(): readonly ChannelInput[] {
    return [this.first, ...this.others];
  }

  /** Settings that the kinds of inputs need in the channel. */
  get channelSettings(): ChannelInput['channelSettings'] {
    return Object.assign({}, ...this.all.map(({ channelSettings }) => channelSettings));
  }

  /** Permissions that the encoder's role needs. */
  get statements(): readonly PolicyStatement[] {
    return this.all.flatMap(({ statements }) => statements);
  }

  /** Gives the reasons for wildcards in statements of the encoder's role. */
  acknowledgeIn(role: IRole): void {
    Validations.of(role).acknowledge(...this.all.flatMap(({ acknowledgements }) => acknowledgements));
  }
}
