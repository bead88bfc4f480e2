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
import { privateBucket } from '../stream/private-bucket';
import { BreakFunction } from './break-function';
import { admitClips, clipBehaviors } from './clips';
import { BEACON_PATH, BREAK_PATH } from './paths';

/** The properties of {@link Advertising}. */
export interface AdvertisingProps {
  readonly options: Ads;
  readonly bundles: Pick<Bundles, 'adDecision'>;
  readonly channels: readonly LiveChannel[];
  /** Empties the bucket of the ads before it is deleted. */
  readonly content: BucketContent;
}

/** Ads in breaks, as the player's page reads them in `config.json`. */
export interface AdsConfig {
  /** Path on the player's own site that says what a break is filled with. */
  readonly list: string;
  /** Path on the player's own site that takes reports of what was shown. */
  readonly beacon: string;
  /** Names of the channels with breaks. */
  readonly channels: readonly string[];
  readonly skipAfterSeconds?: number | undefined;
}

/** Ads in the breaks of the show: clips and campaigns in a bucket, a function that fills a break, and beacons. */
export class Advertising extends Construct {
  /** The behaviours of the edge, by their path patterns. */
  readonly behaviors: Readonly<Record<string, BehaviorOptions>>;
  readonly page: AdsConfig;
  /** Bucket that stays when the stack is deleted; undefined when it goes with the stack. */
  readonly retained: Bucket | undefined;
  /** Outputs of the stack: name, value and description. */
  readonly outputs: readonly (readonly [name: string, value: string, description: string])[];
  private readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { options, bundles, channels, content }: AdvertisingProps) {
    super(scope, id);
    const retain = options.onDelete === 'retain';
    const bucket = privateBucket(this, 'Bucket', {
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    content.keep('Ads', { bucket, retained: retain });
    const marked = channels.filter(hasBreaks);
    const names = marked.map(({ name }) => name);
    const decision = new BreakFunction(this, 'Breaks', { bundle: bundles.adDecision, channels: names, bucket });
    this.bucket = bucket;
    this.behaviors = { ...decision.behaviors, ...clipBehaviors(this, bucket) };
    this.page = {
      list: BREAK_PATH,
      beacon: BEACON_PATH,
      channels: names,
      skipAfterSeconds: options.skipAfterSeconds,
    };
    this.retained = retain ? bucket : undefined;
    this.outputs = [
      ['AdsBucket', bucket.bucketName, 'The bucket of the ads and of the list of campaigns'],
      [
        'AdsLadder',
        JSON.stringify(clipLadder(marked)),
        'The renditions that `npm run live -- ads add` makes of a clip',
      ],
    ];
  }

  /** Lets the distribution read the clips. */
  admit(distribution: IDistribution): void {
    admitClips(this.bucket, distribution);
  }
}

/** Returns the renditions that clips are made in: those of the first channel with breaks. */
function clipLadder([channel]: readonly LiveChannel[]): object {
  if (channel === undefined) return { renditions: [] };
  const renditions = renditionsOf(channel.ladder).map(({ width, height, bitrate }) => ({ width, height, bitrate }));
  return { framesPerSecond: framesPerSecond(channel.frameRate), renditions };
}

/** Adds what fills the breaks of channels, unless the description leaves it out. */
export function addAdvertising(
  scope: Construct,
  stream: Pick<LiveStream, 'ads' | 'channels'>,
  { bundles, content }: Pick<AdvertisingProps, 'bundles' | 'content'>,
): Advertising | undefined {
  const options = adsOf(stream);
  const { channels } = stream;
  return options && new Advertising(scope, 'Advertising', { options, bundles, channels, content });
}
