import { Aws, Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type CfnChannel, CfnInput, type CfnInputProps } from 'aws-cdk-lib/aws-medialive';
import { Construct } from 'constructs';
import type { Input } from '../../channel/input';
import { type LiveChannel, pipelineCount } from '../../channel/live-channel';
import { pascalCase } from '../names';
import { audioSelectors } from './audio-selectors';
import { captionSelectors } from './caption-selectors';
import type { Acknowledgement, IngestProtocol, InputKind } from './input-kind';
import { inputKind } from './input-kinds';
import type { TestClip } from './test-clip';

/** The properties of one input, and the tracks that the channel takes from it. */
export interface ChannelInputProps extends Pick<LiveChannel, 'redundancy' | 'audio' | 'captions'> {
  readonly source: Input;
  /** Name of the input within the stack, and of its attachment to the channel. */
  readonly name: string;
  /** Words that tell its ingest addresses from those of the channel's first input. @default it is the first input */
  readonly role?: string;
  /** The stack's clip, which an input of kind `test-clip` needs. */
  readonly testClip: TestClip | undefined;
}

/** One MediaLive input of a channel, with everything that the encoder must know about it. */
export class ChannelInput extends Construct {
  readonly inputId: string;
  readonly inputArn: string;
  /** Number of ingest addresses for publishers: one for each pipeline of a push input, none where MediaLive pulls. */
  readonly ingestAddresses: 0 | 1 | 2;
  /** Protocol of publishers. Undefined where MediaLive pulls. */
  readonly ingest: IngestProtocol | undefined;
  readonly attachment: CfnChannel.InputAttachmentProperty;
  /** Permissions that the encoder's role needs. */
  readonly statements: readonly PolicyStatement[];
  /** Reasons for wildcards in the statements. */
  readonly acknowledgements: readonly Acknowledgement[];
  /** Settings that this kind of input needs in the channel. */
  readonly channelSettings: NonNullable<InputKind['channelSettings']>;
  readonly input: CfnInput;
  /** Name of the input within the stack, and of its attachment to the channel. */
  readonly name: string;
  /** Words that tell it from the channel's first input; empty for that one. */
  readonly role: string;
  /** Everything that is baked into the MediaLive input and cannot be changed while its channel runs. */
  readonly settings: CfnInputProps;

  constructor(scope: Construct, id: string, props: ChannelInputProps) {
    super(scope, id);
    const { redundancy, source, name, role = '', testClip } = props;
    this.name = name;
    this.role = role;
    const pipelines = pipelineCount({ redundancy });
    const kind = inputKind({ scope: this, source, name, pipelines, testClip });
    this.settings = { name: `${Aws.STACK_NAME}-${name}`, ...kind.props };
    // MediaLive cannot change the kind of an input nor its number of sources, so a different one is a different input.
    this.input = new CfnInput(this, `${pascalCase(source.kind)}${pascalCase(redundancy)}`, this.settings);
    if (kind.ready !== undefined) this.input.node.addDependency(kind.ready);
    if (this.settings.inputSecurityGroups !== undefined) {
      // cfn-lint mistakes MediaLive's input security groups for those of EC2.
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
