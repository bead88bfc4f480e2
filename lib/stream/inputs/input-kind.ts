import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel, CfnChannelProps, CfnInputProps } from 'aws-cdk-lib/aws-medialive';
import type { Construct, IDependable } from 'constructs';
import type { InputKindName, InputOf } from '../../channel/input';
import type { TestClip } from './test-clip';

/** The surroundings of an input: its description, its channel and its stack. */
export interface InputContext<Kind extends InputKindName = InputKindName> {
  /** The construct that gets the resources of the input. */
  readonly scope: Construct;
  readonly source: InputOf<Kind>;
  /** Its name within the stack, which stream names begin with. */
  readonly name: string;
  /** How many pipelines the channel has. */
  readonly pipelines: 1 | 2;
  /** The stack's clip, where a channel of it needs one. */
  readonly testClip: TestClip | undefined;
}

/** The protocol of publishers: RTMP has a server and a stream key, the others an address. */
export type IngestProtocol = 'rtmp' | 'rtp' | 'srt' | 'cdi';

/** A finding of cdk-nag or of CDK's own validation that does not apply, and the reason. */
export interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
}

/** An input in AWS's terms: its properties, and what its channel needs for it. */
export interface InputKind {
  /** The properties of the MediaLive input, without its name. */
  readonly props: CfnInputProps;
  /** Permissions that the role of the channel needs. */
  readonly statements?: readonly PolicyStatement[];
  /** The reasons for wildcards in statements of the channel's role. */
  readonly acknowledgements?: readonly Acknowledgement[];
  /** Findings in the input itself that do not apply. */
  readonly inputAcknowledgements?: readonly Acknowledgement[];
  /** The protocol of publishers. Left out: there is no address that they send to. */
  readonly ingest?: IngestProtocol;
  /** Settings of the attachment to the channel. */
  readonly attachment?: CfnChannel.InputSettingsProperty;
  /** Settings of the channel that depend on the input. */
  readonly channelSettings?: Pick<CfnChannelProps, 'cdiInputSpecification'>;
  /** The construct that must be deployed before it. */
  readonly ready?: IDependable;
}

/** Builds an input of one kind. */
export type InputBuilder<Kind extends InputKindName> = (context: InputContext<Kind>) => InputKind;

/** The builder of every kind of input. */
export type InputBuilders = { readonly [Kind in InputKindName]: InputBuilder<Kind> };
