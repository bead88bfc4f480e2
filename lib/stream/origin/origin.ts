import type { Duration } from 'aws-cdk-lib';
import type { IDistribution, IOrigin, IOriginRequestPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { IConstruct, IDependable } from 'constructs';
import type { LiveChannel } from '../../channel/live-channel';
import type { OriginOptions } from '../../channel/origin';

/**
 * The kinds of manifest that players ask for. `hls` and `ll-hls` and `dash` are of CMAF segments, `hls-ts` of MPEG-TS;
 * `mss` is Microsoft Smooth Streaming, which the demo player does not play.
 */
export type ManifestFormat = 'll-hls' | 'hls' | 'dash' | 'hls-ts' | 'mss';

/** A manifest of one channel. */
export interface Manifest {
  readonly format: ManifestFormat;
  /** Path at the edge, beginning with `/`. */
  readonly path: string;
  /** How far behind the live edge a player of it should be, in seconds. */
  readonly targetLatencySeconds: number;
}

/** What the encoder makes of the input, by the names of its descriptions. */
export interface EncodedTracks {
  /** The video descriptions, from the lowest bitrate to the highest. */
  readonly renditions: readonly string[];
  /** The audio descriptions that all renditions share, the one first that plays where a viewer chooses nothing. */
  readonly audio: readonly EncodedSound[];
  /** The caption descriptions. */
  readonly captions: readonly string[];
}

/** One audio description. */
export interface EncodedSound {
  readonly name: string;
  /** Sounds of one codec: a player chooses among those of a group. The first of a group is its default. */
  readonly group: string;
}

/** What the encoder writes to. */
export interface OriginIngest {
  /** The output group that hands these tracks to the origin: how they are put together is the origin's to say. */
  outputGroup(tracks: EncodedTracks): CfnChannel.OutputGroupProperty;
  readonly destination: CfnChannel.OutputDestinationProperty;
  /** What the encoder's role must be allowed. */
  readonly statements: readonly PolicyStatement[];
  /** What cdk-nag finds in these statements, and why it is right. @default nothing */
  readonly acknowledged?: readonly { readonly id: string; readonly reason: string }[];
  /** What must exist before the encoder is created. */
  readonly ready: IDependable;
}

/** How the edge connects to an origin. */
export interface EdgeConnection {
  /** Name of the origin in the distribution. */
  readonly originId: string;
  readonly connectionAttempts: number;
  readonly connectionTimeout: Duration;
  /** How long the edge waits for an answer, where the origin's kind lets it choose. */
  readonly readTimeout: Duration;
  readonly keepaliveTimeout: Duration;
  readonly originShieldRegion?: string;
}

/** What the edge reads. */
export interface OriginEgress {
  /** What the edge asks, and how it signs. */
  origin(connection: EdgeConnection): IOrigin;
  /** Path patterns of manifests and of everything else that the origin serves, the more specific first. */
  readonly manifestPatterns: readonly string[];
  readonly mediaPattern: string;
  /** Query strings that change what the origin answers, so that they belong in the cache key. */
  readonly manifestQueryStrings: readonly string[];
  readonly segmentQueryStrings: readonly string[];
  /** Headers that the origin needs beside the cache key's, to answer a preflight. @default none */
  readonly preflight?: IOriginRequestPolicy;
}

/** By what metrics are found in CloudWatch, which lists those that have exactly the named dimensions. */
export interface MetricSearch {
  readonly namespace: string;
  readonly names: readonly string[];
  /** The dimensions whose values are known. */
  readonly values: Readonly<Record<string, string>>;
}

/** One channel at the origin. */
export interface OriginChannel {
  readonly kind: OriginOptions['kind'];
  /** All its resources, for whoever must come before them. */
  readonly resources: IConstruct;
  readonly ingest: OriginIngest;
  readonly manifests: readonly Manifest[];
  /** The channel's page in the AWS console. */
  readonly consoleUrl: string;
  readonly metrics: MetricSearch;
}

/** An origin: what every stop after the encoder needs to know of it, and nothing else. */
export interface Origin extends IConstruct {
  readonly egress: OriginEgress;
  addChannel(channel: LiveChannel): OriginChannel;
  /** After the edge has taken the egress: lets this distribution, and nobody else, read what the channels added so far serve. */
  allow(distribution: IDistribution): void;
}
