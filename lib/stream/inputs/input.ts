import { Aws, Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type CfnChannel, CfnInput, type CfnInputProps } from 'aws-cdk-lib/aws-medialive';
import { Construct } from 'constructs';
import type { Input } from '../../channel/input';
import { type LiveChannel, pipelineCount } from '../../channel/live-channel';
import { audioSelectors } from '../encoder/audio-settings';
import { captionSelectors } from '../encoder/captions-settings';
import { pascalCase } from '../names';
import type { Acknowledgement, IngestProtocol, InputKind } from './input-kind';
import { inputKind } from './input-kinds';
import type { TestClip } from './test-clip';

/** What one input is made from, and what the channel takes of it. */
export interface ChannelInputProps extends Pick<LiveChannel, 'redundancy' | 'audio' | 'captions'> {
  readonly source: Input;
  /** Its name within the stack, and of its attachment to the channel. */
  readonly name: string;
  /** What tells its ingest addresses from those of the channel's first input, in words. @default it is the first */
  readonly role?: string;
  /** The stack's clip, needed by an input of kind `test-clip`. */
  readonly testClip: TestClip | undefined;
}

/** Where a contribution enters: one MediaLive input of a channel, and what the encoder must know and may read of it. */
export class ChannelInput extends Construct {
  readonly inputId: string;
  readonly inputArn: string;
  /** How many ingest addresses publishers get: one for each pipeline of a push input, none where MediaLive pulls. */
  readonly ingestAddresses: 0 | 1 | 2;
  /** How publishers reach it. */
  readonly ingest: IngestProtocol | undefined;
  readonly attachment: CfnChannel.InputAttachmentProperty;
  /** What the encoder's role must be allowed. */
  readonly statements: readonly PolicyStatement[];
  /** Why some of the statements have wildcards. */
  readonly acknowledgements: readonly Acknowledgement[];
  /** What the encoder must be told of this kind of input. */
  readonly channelSettings: NonNullable<InputKind['channelSettings']>;
  readonly input: CfnInput;
  /** Its name within the stack, and of its attachment to the channel. */
  readonly name: string;
  /** What tells it from the channel's first input, in words; empty for that one. */
  readonly role: string;
  /** All that is baked into the MediaLive input, and cannot be changed while its channel runs. */
  readonly settings: CfnInputProps;

  constructor(scope: Construct, id: string, props: ChannelInputProps) {
    super(scope, id);
    const { redundancy, source, name, role = '', testClip } = props;
    this.name = name;
    this.role = role;
    const pipelines = pipelineCount({ redundancy });
    const kind = inputKind({ scope: this, source, name, pipelines, testClip });
    this.settings = { name: `${Aws.STACK_NAME}-${name}`, ...kind.props };
    // MediaLive cannot change what kind an input is, nor how many sources it has: another of these is another input.
    this.input = new CfnInput(this, `${pascalCase(source.kind)}${pascalCase(redundancy)}`, this.settings);
    if (kind.ready !== undefined) this.input.node.addDependency(kind.ready);
    if (this.settings.inputSecurityGroups !== undefined) {
      // cfn-lint takes MediaLive's input security groups for those of EC2.
      this.input.addMetadata('cfn-lint', { config: { ignore_checks: ['E1041'] } });
    }
    Validations.of(this.input).acknowledge(...(kind.inputAcknowledgements ?? []));
    this.statements = kind.statements ?? [];
    this.acknowledgements = kind.acknowledgements ?? [];
    this.channelSettings = kind.channelSettings ?? {};
    this.inputId = this.input.ref;
    this.inputArn = this.input.attrArn;
    this.ingest = kind.ingest;
    this.ingestAddresses = kind.ingest === undefined ? 0 : pipelines;
    this.attachment = {
      inputId: this.input.ref,
      inputAttachmentName: name,
      inputSettings: {
        audioSelectors: audioSelectors(props.audio),
        ...captionSelectors(props.captions),
        ...kind.attachment,
      },
    };
  }
}
