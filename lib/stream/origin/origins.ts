import type { Construct } from 'constructs';
import type { OriginOptions } from '../../channel/origin';
import type { BucketContent } from '../bucket-content';
import type { Bundles } from '../bundles';
import { MediaPackageOrigin } from './media-package';
import { MediaPackageV1Origin } from './media-package-v1';
import { MediaStoreOrigin } from './media-store';
import type { Origin } from './origin';
import { S3Origin } from './s3';

/** The parts of the stack that an origin may need. */
export interface OriginSurroundings {
  readonly content: BucketContent;
  readonly bundles: Pick<Bundles, 'containerContent'>;
}

/** Builds the origin that a description names. */
export function originFor(scope: Construct, options: OriginOptions, { content, bundles }: OriginSurroundings): Origin {
  switch (options.kind) {
    case 'media-package':
      return new MediaPackageOrigin(scope, 'Origin', options);
    case 'media-package-v1':
      return new MediaPackageV1Origin(scope, 'Origin', options);
    case 's3':
      return new S3Origin(scope, 'Origin', content);
    case 'media-store':
      return new MediaStoreOrigin(scope, 'Origin', bundles.containerContent);
  }
}
