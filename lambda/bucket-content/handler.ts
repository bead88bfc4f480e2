import type { Clock } from '../shared/clock';
import { requiredString } from '../shared/custom-resource/properties';
import type { CustomResourceHandler } from '../shared/custom-resource/respond';
import { patience } from '../shared/patience';
import type { Invalidation } from './invalidation';
import { type Bucket, emptyBucket, place } from './placement';

/** The dependencies of the handler. */
export interface BucketContentSurroundings {
  readonly bucket: (name: string) => Bucket;
  /** Returns the path of a folder of files in the function's own bundle. */
  readonly bundledFolder: (name: string) => string;
  /** Makes a distribution forget cached files. */
  readonly invalidate: (invalidation: Invalidation) => Promise<void>;
  readonly clock: Clock;
}

/**
 * Handles `Custom::BucketContent`, which makes a bucket hold the files of the folder `Folder` of this function's own
 * bundle, and `config.json` with the string `Config`. Its deletion empties the bucket, unless `EmptyOnDelete` is
 * `false`.
 */
export function bucketContentHandler(around: BucketContentSurroundings): CustomResourceHandler {
  const { bundledFolder, invalidate, clock } = around;
  return {
    physicalId: ({ ResourceProperties, LogicalResourceId }) =>
      `${LogicalResourceId}-${String(ResourceProperties['BucketName'])}`.slice(0, 1024),
    async handle(event, deadline) {
      const {
        Folder: folder,
        Config: config,
        DistributionId: distributionId,
        EmptyOnDelete: emptyOnDelete,
      } = event.ResourceProperties as Readonly<Record<string, string | undefined>>;
      const bucket = patient(around.bucket(requiredString(event.ResourceProperties, 'BucketName')), clock, deadline);
      if (event.RequestType === 'Delete') {
        if (emptyOnDelete !== 'false') await emptyBucket(bucket);
        return { physicalId: event.PhysicalResourceId };
      }
      if (folder !== undefined) {
        const keys = await place(bucket, { folder: bundledFolder(folder), config });
        if (distributionId !== undefined && event.RequestType === 'Update') {
          const patiently = patience('CloudFront', clock, deadline);
          await patiently(() => invalidate({ distributionId, keys, reference: event.RequestId }));
        }
      }
      return { physicalId: this.physicalId(event) };
    },
  };
}

/** Wraps a bucket so that calls are repeated until the deadline. */
function patient(bucket: Bucket, clock: Clock, deadline: number): Bucket {
  const patiently = patience('S3', clock, deadline);
  return {
    list: (token) => patiently(() => bucket.list(token)),
    put: (file) => patiently(() => bucket.put(file)),
    remove: (keys) => patiently(() => bucket.remove(keys)),
  };
}
