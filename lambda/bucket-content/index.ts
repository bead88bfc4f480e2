import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
import { systemClock } from '../shared/clock';
import { customResource } from '../shared/custom-resource/respond';
import { bundledFolder } from './bundled-folder';
import { bucketContentHandler } from './handler';
import { invalidation } from './invalidation';
import { bucketOf } from './s3-bucket';

const s3 = new S3Client({ maxAttempts: 8 });
const cloudFront = new CloudFrontClient({ maxAttempts: 8 });

export const handler = customResource(
  bucketContentHandler({
    bucket: (name) => bucketOf(s3, name),
    bundledFolder,
    invalidate: (change) => invalidation(cloudFront, change),
    clock: systemClock,
  }),
);
