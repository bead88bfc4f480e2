import { systemClock } from '../clock';
import { customResource } from '../custom-resource/respond';
import { patience } from '../patience';
import { bundledFolder } from './bundled-folder';
import { invalidate } from './invalidation';
import { emptyBucket, place } from './placement';

/**
 * `Custom::BucketContent`: the bucket holds the files of the folder `Folder` of this function's own bundle, and
 * `config.json` with the text of `Config`; deleted, it holds nothing, unless `EmptyOnDelete` is `false`.
 */
export const handler = customResource({
  physicalId: ({ ResourceProperties, LogicalResourceId }) =>
    `${LogicalResourceId}-${String(ResourceProperties['BucketName'])}`.slice(0, 1024),
  async handle(event, deadline) {
    const {
      BucketName: bucket,
      Folder: folder,
      Config: config,
      DistributionId: distribution,
      EmptyOnDelete: emptyOnDelete,
    } = event.ResourceProperties as Readonly<Record<string, string | undefined>>;
    if (bucket === undefined) throw new Error('The property BucketName is missing');
    const patiently = patience('S3', systemClock, deadline);
    if (event.RequestType === 'Delete') {
      if (emptyOnDelete !== 'false') await emptyBucket(bucket, patiently);
      return { physicalId: event.PhysicalResourceId };
    }
    if (folder !== undefined) {
      const changed = await place(bucket, { folder: bundledFolder(folder), config }, patiently);
      if (distribution !== undefined && event.RequestType === 'Update') {
        await patience('CloudFront', systemClock, deadline)(() => invalidate(distribution, changed, event.RequestId));
      }
    }
    return { physicalId: this.physicalId(event) };
  },
});
