import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { BehaviorOptions, IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type Ads, adsOf, hasBreaks } from '../channel/ads';
import { framesPerSecond } from '../channel/frame-rate';
import { renditionsOf } from '../channel/ladder';
import type { LiveChannel } from '../channel/live-channel';
import type { LiveStream } from '../channel/live-stream';
import type { BucketContent } from '../stream/bucket-content';
import type { Bundles } from '../stream/bundles';
import type { EdgePolicies } from '../stream/edge/edge-policies';
import type { OriginChannel } from '../stream/origin/origin';
import { privateBucket } from '../stream/private-bucket';
import { BreakFunction } from './break-function';
import { admitClips, clipBehaviors } from './clips';
import { encoderRole } from './encoder-role';
import { BEACON_PATH, BREAK_PATH, GUIDED_PREFIX, SOURCES_FOLDER } from './paths';
import { PlaylistFunction } from './playlist-function';
import { Tailor, type TailoredChannel } from './tailor';
import { tailorBehaviors } from './tailor-behaviors';

/** The properties of {@link Advertising}. */
export interface AdvertisingProps {
  readonly options: Ads;
  readonly bundles: Pick<Bundles, 'adDecision' | 'adPlaylist'>;
  /** The channels, with the beginnings of their paths at the edge. */
  readonly channels: readonly { readonly channel: LiveChannel; readonly origin: Pick<OriginChannel, 'folders'> }[];
  /** Tells whether viewers need a session for a channel. */
  readonly isPrivate: (channel: LiveChannel) => boolean;
  /** Empties the bucket of the ads before it is deleted. */
  readonly content: BucketContent;
}

/** Ads in breaks that the player's page fills, as it reads them in `config.json`. */
export interface AdsConfig {
  /** Path on the player's own site that says what a break is filled with. */
  readonly list: string;
  /** Path on the player's own site that takes reports of what was shown. */
  readonly beacon: string;
  /** Names of the channels with breaks. */
  readonly channels: readonly string[];
  readonly skipAfterSeconds?: number | undefined;
  /** Beginning of the paths of playlists with the ads in them; undefined where there are none. */
  readonly guided?: string | undefined;
}

/** Ads in breaks that MediaTailor fills, as the player's page reads them in `config.json`. */
export interface TailoredAdsConfig {
  readonly service: 'mediatailor';
  readonly channels: readonly TailoredChannel[];
  readonly skipAfterSeconds?: number | undefined;
}

/** Ads in the breaks of the show: clips and campaigns in a bucket, a function that fills a break, and who asks it. */
export class Advertising extends Construct {
  /** The behaviours of the edge, by their path patterns. */
  readonly behaviors: Readonly<Record<string, BehaviorOptions>>;
  /** Makes further behaviours, of the policies of the edge. */
  readonly tailored: ((policies: EdgePolicies) => Readonly<Record<string, BehaviorOptions>>) | undefined;
  /** Bucket that stays when the stack is deleted; undefined when it goes with the stack. */
  readonly retained: Bucket | undefined;
  /** Outputs of the stack: name, value and description. */
  readonly outputs: readonly (readonly [name: string, value: string, description: string])[];
  /** Bucket of the stack's own ads; undefined where an ad server of the customer has them. */
  private readonly bucket: Bucket | undefined;
  private readonly options: Ads;
  /** Names of the channels with breaks. */
  private readonly channels: readonly string[];

  constructor(scope: Construct, id: string, props: AdvertisingProps) {
    super(scope, id);
    const { options } = props;
    const marked = props.channels.map(({ channel }) => channel).filter(hasBreaks);
    this.options = options;
    this.channels = marked.map(({ name }) => name);
    this.tailored = options.service === 'mediatailor' ? tailorBehaviors : undefined;
    if (options.decisionUrl !== undefined) {
      this.behaviors = {};
      this.outputs = [];
      return;
    }
    const bucket = this.ownAds(props);
    this.bucket = bucket;
    const decision = new BreakFunction(this, 'Breaks', {
      bundle: props.bundles.adDecision,
      channels: this.channels,
      bucket,
      forTailor: this.tailored !== undefined,
    });
    const guided = options.nativePlayers ? this.playlists(props, decision.edge) : undefined;
    this.behaviors = { ...decision.behaviors, ...clipBehaviors(this, bucket), ...guided?.behaviors };
    this.retained = options.onDelete === 'retain' ? bucket : undefined;
    this.outputs = [
      ['AdsBucket', bucket.bucketName, 'The bucket of the ads and of the list of campaigns'],
      [
        'AdsLadder',
        JSON.stringify(clipLadder(marked, options)),
        'The renditions that `npm run live -- ads add` makes of a clip',
      ],
    ];
    if (options.encoder === 'ffmpeg') return;
    const { roleArn } = encoderRole(this, bucket);
    this.outputs = [...this.outputs, ['AdsEncoderRole', roleArn, 'The role with which MediaConvert prepares ads']];
  }

  /** Adds the playlists with ads of the public channels. Those of private ones would need the token of each viewer. */
  private playlists(
    { bundles, channels, isPrivate, options: { skipAfterSeconds } }: AdvertisingProps,
    edge: BreakFunction['edge'],
  ): PlaylistFunction {
    const open = channels.filter(({ channel }) => hasBreaks(channel) && !isPrivate(channel));
    return new PlaylistFunction(this, 'Playlists', {
      bundle: bundles.adPlaylist,
      channels: open.flatMap(({ channel: { name }, origin }) => origin.folders.map((folder) => ({ name, folder }))),
      edge,
      maySkip: skipAfterSeconds !== undefined,
    });
  }

  /** Lets the distribution read the clips. */
  admit(distribution: IDistribution): void {
    if (this.bucket !== undefined) admitClips(this.bucket, distribution);
  }

  /**
   * Returns what the page needs to know, and adds MediaTailor where it fills the breaks.
   *
   * @param site - address of the edge, without a slash at its end.
   */
  page(site: string): AdsConfig | TailoredAdsConfig {
    const { options, channels } = this;
    const { service, skipAfterSeconds, nativePlayers } = options;
    if (service === 'stack') {
      const guided = nativePlayers ? GUIDED_PREFIX : undefined;
      return { list: BREAK_PATH, beacon: BEACON_PATH, channels, skipAfterSeconds, guided };
    }
    const tailor = new Tailor(this, 'Tailor', { options, channels, site });
    return { service, channels: tailor.channels, skipAfterSeconds };
  }

  private ownAds({ options: { onDelete, encoder }, content }: AdvertisingProps): Bucket {
    const retain = onDelete === 'retain';
    const bucket = privateBucket(this, 'Bucket', {
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ...(encoder === 'ffmpeg' ? [] : [{ prefix: `${SOURCES_FOLDER}/`, expiration: Duration.days(1) }]),
      ],
    });
    content.keep('Ads', { bucket, retained: retain });
    return bucket;
  }
}

/** Returns the renditions that clips are made in: those of the first channel with breaks. */
function clipLadder([channel]: readonly LiveChannel[], { encoder }: Ads): object {
  if (channel === undefined) return { renditions: [] };
  const { frameRate, ladder } = channel;
  const renditions = renditionsOf(ladder).map(({ width, height, bitrate }) => ({ width, height, bitrate }));
  const made = { framesPerSecond: framesPerSecond(frameRate), renditions };
  return encoder === 'ffmpeg' ? made : { ...made, frameRate };
}

/** Adds what fills the breaks of channels, unless the description leaves it out. */
export function addAdvertising(
  scope: Construct,
  stream: Pick<LiveStream, 'ads' | 'access'>,
  parts: Pick<AdvertisingProps, 'bundles' | 'content' | 'channels'>,
): Advertising | undefined {
  const options = adsOf(stream);
  const isPrivate = ({ access }: LiveChannel): boolean => stream.access !== undefined && access !== 'public';
  return options && new Advertising(scope, 'Advertising', { ...parts, options, isPrivate });
}
