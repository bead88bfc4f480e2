import type { Duration } from 'aws-cdk-lib';
import type { IDistribution, IOrigin, IOriginRequestPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct, IDependable } from 'constructs';
import type { LiveChannel } from '../../channel/live-channel';
import type { OriginOptions } from '../../channel/origin';

/**
 * The kinds of manifest that players request. `hls`, `ll-hls` and `dash` list CMAF segments, `hls-ts` lists MPEG-TS
 * segments. `mss` is Microsoft Smooth Streaming, which the demo player does not play.
 */
export type ManifestFormat = 'll-hls' | 'hls' | 'dash' | 'hls-ts' | 'mss';

/** A manifest of one channel. */
export interface Manifest {
  readonly format: ManifestFormat;
  /** Path at the edge, beginning with `/`. */
  readonly path: string;
  /** Distance from the live edge at which a player should play it, in seconds. */
  readonly targetLatencySeconds: number;
}

/** The encodes of a channel, by the names of their descriptions. */
export interface EncodedTracks {
  /** The video descriptions, from the lowest bitrate to the highest. */
  readonly renditions: readonly string[];
  /** The audio descriptions that all renditions share. The first one plays where a viewer chooses nothing. */
  readonly audio: readonly EncodedAudio[];
  /** The caption descriptions. */
  readonly captions: readonly string[];
}

/** One audio description. */
export interface EncodedAudio {
  readonly name: string;
  /** Group of one codec. A player chooses among the members of a group; the first one is its default. */
  readonly group: string;
}

/** The ingest face of an origin, which the encoder writes to. */
export interface OriginIngest {
  /** Returns the output group that hands these tracks to the origin. The origin decides how they are combined. */
  outputGroup(tracks: EncodedTracks): CfnChannel.OutputGroupProperty;
  readonly destination: CfnChannel.OutputDestinationProperty;
  /** Permissions that the encoder's role needs. */
  readonly statements: readonly PolicyStatement[];
  /** Findings of cdk-nag in these statements that do not apply, with reasons. @default none */
  readonly acknowledged?: readonly { readonly id: string; readonly reason: string }[];
  /** Resource that must exist before the encoder is created. */
  readonly ready: IDependable;
}

/** Settings of the edge's connection to an origin. */
export interface EdgeConnection {
  /** Name of the origin in the distribution. */
  readonly originId: string;
  readonly connectionAttempts: number;
  readonly connectionTimeout: Duration;
  /** Longest time that the edge waits for an answer, where the kind of origin allows a choice. */
  readonly readTimeout: Duration;
  readonly keepaliveTimeout: Duration;
  readonly originShieldRegion?: string;
}

/** The egress face of an origin, which the edge reads. */
export interface OriginEgress {
  /** Returns CloudFront's origin: its address, and the way in which requests are signed. */
  origin(connection: EdgeConnection): IOrigin;
  /** Path patterns of manifests, then the pattern of everything else that the origin serves. */
  readonly manifestPatterns: readonly string[];
  readonly mediaPattern: string;
  /** Query strings that change the origin's answer, so that they belong in the cache key. */
  readonly manifestQueryStrings: readonly string[];
  readonly segmentQueryStrings: readonly string[];
  /** Further headers that the origin needs to answer a preflight. @default none */
  readonly preflight?: IOriginRequestPolicy;
  /** The headers of that policy, for another one that has to include them. @default none */
  readonly preflightHeaders?: readonly string[];
}

/** A search for metrics in CloudWatch, which lists the metrics that have exactly the named dimensions. */
export interface MetricSearch {
  readonly namespace: string;
  readonly names: readonly string[];
  /** The dimensions whose values are known. */
  readonly values: Readonly<Record<string, string>>;
}

/** Manifests that reach further back than the live ones. */
export interface RewindManifests {
  /** How far back they reach. */
  readonly seconds: number;
  readonly manifests: readonly Pick<Manifest, 'format' | 'path'>[];
}

/** An endpoint of MediaPackage that recordings are copied from, and the folder of the bucket that they go to. */
export interface HarvestTarget {
  /** Name of the endpoint in its channel; in v1, its id. */
  readonly endpoint: string;
  /** @default no permission of MediaPackage v1 names an endpoint */
  readonly endpointArn?: string;
  /** `vod` is for viewers, `conversion` for MediaConvert, which reads HLS in MPEG-TS only. */
  readonly folder: 'vod' | 'conversion';
  /** Names of the manifests that are harvested. */
  readonly manifests: {
    readonly hls: readonly string[];
    readonly lowLatencyHls: readonly string[];
    readonly dash: readonly string[];
  };
  /** True where MediaConvert reads this copy as well as viewers do. @default it has a copy of its own */
  readonly convertible?: boolean;
}

/** The source of a channel's recordings. */
export interface HarvestSource {
  readonly kind: 'media-package' | 'media-package-v1' | 's3';
  /** Name of the channel group; in v1, which has none, the beginning of the ids of this stack. */
  readonly channelGroup: string;
  /** ARNs of the channel group and of the channel in it. @default there is no channel group */
  readonly channelGroupArn?: string;
  readonly channelArn?: string;
  /** The copies that are made; the first one is for viewers. */
  readonly targets: readonly HarvestTarget[];
  /** Path at the edge of an HLS manifest of the first endpoint, which tells the times of the media. */
  readonly path: string;
  /** How long its media is kept. */
  readonly windowSeconds: number;
  readonly segmentSeconds: number;
  /** Bucket that MediaLive writes to, and what keeps it filled. @default the origin is a packager */
  readonly media?: { readonly bucket: IBucket; readonly folder: string; readonly kept: IDependable };
}

/** One channel at the origin. */
export interface OriginChannel {
  readonly kind: OriginOptions['kind'];
  /** All its resources. Other constructs may have to come before them. */
  readonly resources: IConstruct;
  readonly ingest: OriginIngest;
  readonly manifests: readonly Manifest[];
  /** @default viewers go back as far as the live manifests list */
  readonly rewind?: RewindManifests | undefined;
  /** @default the channel is not recorded */
  readonly harvest?: HarvestSource | undefined;
  /**
   * Manifests that begin at a moment of the viewer's choice. The seconds since 1970 are put behind a path that ends in
   * `?start=`, and into MediaPackage's settings otherwise. @default the manifests that list whole segments
   */
  readonly startOver?: readonly Pick<Manifest, 'format' | 'path'>[];
  /** Beginnings of all paths of the channel at the edge, each with a slash at its end. */
  readonly folders: readonly string[];
  /** The channel's page in the AWS console. */
  readonly consoleUrl: string;
  readonly metrics: MetricSearch;
}

/** An origin, as the encoder and the edge know it. */
export interface Origin extends IConstruct {
  readonly egress: OriginEgress;
  addChannel(channel: LiveChannel): OriginChannel;
  /**
   * Lets this distribution, and nobody else, read the media of the channels that were added so far. Called after the edge
   * has taken the egress.
   */
  allow(distribution: IDistribution): void;
}
