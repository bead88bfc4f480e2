import { Aws, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { streamTiming } from '../channel/latency';
import type { LiveChannel } from '../channel/live-channel';
import type { BucketContent } from './bucket-content';
import type { Manifest, OriginChannel } from './origin/origin';

/** One channel as the player's page shows it. */
export interface PlayerChannel {
  readonly channel: LiveChannel;
  readonly origin: Pick<OriginChannel, 'manifests' | 'rewind' | 'startOver'>;
  /** Path of the catalogue of its recordings. @default it has none */
  readonly catalogue: string | undefined;
  /** Its chat. @default it has none */
  readonly chat?: object | undefined;
  /** Its polls. @default it has none */
  readonly polls?: object | undefined;
}

/** The player's page, and the place where it goes. */
export interface PlayerPlacement {
  readonly content: BucketContent;
  readonly bucket: Bucket;
  readonly distribution: IDistribution;
  readonly channels: readonly PlayerChannel[];
  /** How viewers get in. @default everybody may watch */
  readonly access?: object | undefined;
  /** Where the page reports to what viewers get. @default it reports nothing */
  readonly audience?: object | undefined;
  /** Ads in breaks. @default there are none */
  readonly ads?: object | undefined;
}

/**
 * Places the demo player's page and the `config.json` that lists its channels. The file contains paths and not URLs,
 * because the media comes from the same edge as the page.
 */
export function placePlayer(
  scope: Construct,
  { content, bucket, distribution, channels, access, audience, ads }: PlayerPlacement,
): void {
  const config = {
    title: Aws.STACK_NAME,
    access,
    audience,
    ads,
    channels: channels.map(({ channel, origin, catalogue, chat, polls }) => ({
      name: channel.name,
      access: access && (channel.access === 'public' ? 'public' : 'private'),
      running: channel.running,
      segmentSeconds: streamTiming(channel.latency).segmentSeconds,
      manifests: origin.manifests
        .filter(({ format }) => format !== 'mss')
        .map(({ format, path, targetLatencySeconds }) => ({ format, url: path, targetLatencySeconds })),
      rewind: origin.rewind && { seconds: origin.rewind.seconds, manifests: origin.rewind.manifests.map(addressed) },
      recordings: catalogue,
      chat,
      polls,
      startOver: catalogue && (origin.startOver ?? startOver(origin.manifests)).map(addressed),
    })),
  };
  content.keep('PlayerSite', {
    bucket,
    folder: 'site',
    config: Stack.of(scope).toJsonString(config),
    distribution,
  });
}

/** Returns the manifests that can begin at the start of a show: all that list whole segments, or else the others. */
function startOver(manifests: readonly Manifest[]): readonly Manifest[] {
  const whole = manifests.filter(({ format }) => ['hls', 'dash', 'hls-ts'].includes(format));
  return whole.length > 0 ? whole : manifests.filter(({ format }) => format === 'll-hls');
}

function addressed({ format, path }: Pick<Manifest, 'format' | 'path'>) {
  return { format, url: path };
}
