import type { ApiRequest } from '../../contract';
import { AwsError } from '../kit/aws-error';
import type { Bucket, Buckets, NewObject, StoredObject } from '../kit/objects/buckets';
import { listsEtag } from '../kit/objects/object-head';
import { noSuchKey } from '../kit/objects/s3-error';
import { keptHeaders } from './sent-object';

/** The source of a CopyObject. */
export interface CopySource {
  readonly bucket: Bucket;
  readonly key: string;
}

/**
 * Finds the source of a CopyObject: `/bucket/key` or `bucket/key`, percent-encoded; undefined for a request that is none.
 *
 * @throws AwsError NoSuchBucket, InvalidArgument.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export function copySource({ headers }: ApiRequest, buckets: Buckets): CopySource | undefined {
  const given = headers['x-amz-copy-source'];
  if (given === undefined) return undefined;
  const [, name, key] = /^\/?([^/]+)\/(.+)$/s.exec(decoded(given)) ?? [];
  if (name !== undefined && key !== undefined) return { bucket: buckets.get(name), key };
  throw new AwsError('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
}

/**
 * Copies an object. Its headers are copied as well; with `x-amz-metadata-directive: REPLACE` it gets those of the request.
 *
 * @throws AwsError NoSuchKey; PreconditionFailed; InvalidRequest for a copy onto itself that changes nothing.
 */
export async function copyObject(
  request: ApiRequest,
  source: CopySource,
  to: { readonly buckets: Buckets; readonly bucket: Bucket; readonly key: string } & Pick<NewObject, 'condition'>,
): Promise<StoredObject> {
  const object = source.bucket.objects.get(source.key);
  if (object === undefined) throw noSuchKey();
  const match = request.headers['x-amz-copy-source-if-match'];
  if (match !== undefined && !listsEtag(match, object.etag)) {
    throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  const replaces = request.headers['x-amz-metadata-directive'] === 'REPLACE';
  if (!replaces && source.bucket === to.bucket && source.key === to.key) {
    const rule =
      "without changing the object's metadata, storage class, website redirect location or encryption attributes.";
    throw new AwsError(
      'InvalidRequest',
      `This copy request is illegal because it is trying to copy an object to itself ${rule}`,
    );
  }
  const headers = replaces ? keptHeaders(request) : object.headers;
  return to.buckets.copy(object, to.bucket, to.key, { headers, checksum: object.checksum, condition: to.condition });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidArgument', 'Copy Source must be URL-encoded');
  }
}
