import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel, CfnChannelProps, CfnInputProps } from 'aws-cdk-lib/aws-medialive';
import type { IDependable } from 'constructs';
import type { Input } from '../../channel/input';
import type { TestClip } from '../test-clip';

/** What an input is made for. */
export interface InputContext {
  readonly source: Input;
  /** Its name within the stack, which stream names begin with. */
  readonly name: string;
  /** How many pipelines the channel has. */
  readonly pipelines: 1 | 2;
  /** The stack's clip, where a channel of it needs one. */
  readonly testClip: TestClip | undefined;
}

/** How publishers reach an input: RTMP has a server and a stream key, the others an address. */
export type IngestProtocol = 'rtmp' | 'rtp' | 'srt' | 'cdi';

/** A finding and why it is none, for cdk-nag and CDK's own validation. */
export interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
}

/** What an input of one kind comes to. */
export interface InputKind {
  /** All that is baked into the MediaLive input but its name. */
  readonly props: CfnInputProps;
  /** What the role of the channel must be allowed. Left out: nothing. */
  readonly statements?: readonly PolicyStatement[];
  /** Why a statement of the channel's role has a wildcard. */
  readonly acknowledgements?: readonly Acknowledgement[];
  /** What is found in the input itself, and why it is right. */
  readonly inputAcknowledgements?: readonly Acknowledgement[];
  /** How publishers reach it. Left out: MediaLive pulls. */
  readonly ingest?: IngestProtocol;
  /** How a channel treats it. */
  readonly attachment?: CfnChannel.InputSettingsProperty;
  /** What its channel must be told. */
  readonly channelSettings?: Pick<CfnChannelProps, 'cdiInputSpecification'>;
  /** What must be there before it. */
  readonly ready?: IDependable;
}
