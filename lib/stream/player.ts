import { Aws, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { streamTiming } from '../channel/latency';
import type { LiveChannel } from '../channel/live-channel';
import type { BucketContent } from './bucket-content';
import type { OriginChannel } from './origin/origin';

/** One channel as the player's page sees it. */
export interface PlayerChannel {
  readonly channel: LiveChannel;
  readonly origin: Pick<OriginChannel, 'manifests'>;
}

/**
 * Places the demo player's page and the `config.json` that tells it which channels there are. Paths, not URLs: the
 * media comes from the edge that the page came from.
 */
export function placePlayer(
  scope: Construct,
  content: BucketContent,
  bucket: Bucket,
  distribution: IDistribution,
  channels: readonly PlayerChannel[],
): void {
  const config = {
    title: Aws.STACK_NAME,
    channels: channels.map(({ channel, origin }) => ({
      name: channel.name,
      running: channel.running,
      segmentSeconds: streamTiming(channel.latency).segmentSeconds,
      manifests: origin.manifests
        .filter(({ format }) => format !== 'mss')
        .map(({ format, path, targetLatencySeconds }) => ({ format, url: path, targetLatencySeconds })),
    })),
  };
  content.keep('PlayerSite', {
    bucket,
    folder: 'site',
    config: Stack.of(scope).toJsonString(config),
    distribution,
  });
}
