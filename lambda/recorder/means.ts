import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { MediaPackageClient } from '@aws-sdk/client-mediapackage';
import { MediaPackageV2Client } from '@aws-sdk/client-mediapackagev2';
import { CopyObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { statusOf } from '../shared/answer';
import { systemClock } from '../shared/clock';
import { s3Store } from '../shared/recordings/object-store';
import type { RecordedChannel } from '../shared/recordings/recorded-channel';
import { setting } from '../shared/setting';
import { mediaPackageHarvester } from './media-package';
import { mediaPackageV1Harvester } from './media-package-v1';
import { type StoredMeans, storedHarvester } from './stored-media';
import type { Harvester } from './surroundings';

/** Settings of all clients: a call is tried six times. */
export const RETRIES = { maxAttempts: 6 };

/** Makes the harvester of the origin, which all channels of a stack share. */
export function harvesterOf(recorded: readonly RecordedChannel[], stored: StoredMeans | undefined): Harvester {
  if (stored !== undefined) return storedHarvester(stored);
  const bucket = setting('BUCKET');
  if (recorded[0]?.source !== 'media-package-v1') {
    return mediaPackageHarvester(new MediaPackageV2Client(RETRIES), bucket);
  }
  const endpoints = recorded.flatMap(({ harvests }) => harvests.map(({ endpoint }) => endpoint));
  const roleArn = setting('HARVEST_ROLE_ARN');
  return mediaPackageV1Harvester(new MediaPackageClient(RETRIES), { endpoints, bucket, roleArn });
}

/** Makes the way from the bucket that MediaLive writes to; undefined for another origin. */
export function storedMeans(recorded: readonly RecordedChannel[], s3: S3Client): StoredMeans | undefined {
  if (recorded[0]?.source !== 's3') return undefined;
  const [from, bucket] = [setting('MEDIA_BUCKET'), setting('BUCKET')];
  const lambda = new LambdaClient(RETRIES);
  return {
    origin: s3Store(s3, from),
    store: s3Store(s3, bucket),
    async copy(key, to) {
      try {
        await s3.send(new CopyObjectCommand({ Bucket: bucket, Key: to, CopySource: encodeURI(`${from}/${key}`) }));
        return true;
      } catch (error) {
        // MediaLive has removed it, or the bucket has.
        if (statusOf(error) === 404) return false;
        throw error;
      }
    },
    async written(channel) {
      const Payload = Buffer.from(JSON.stringify({ detail: { written: { channel } } }));
      const call = { FunctionName: setting('CATALOGUE_FUNCTION'), InvocationType: 'Event' as const, Payload };
      await lambda.send(new InvokeCommand(call));
    },
    now: systemClock.now,
  };
}
