import { CopyObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { PictureStore } from './finished-conversion';

/**
 * Returns the bucket of the recordings as a store of pictures. The function's role needs `s3:ListBucket` on the bucket, and
 * `s3:GetObject` and `s3:PutObject` below `vod/`.
 */
export function pictureStore(client: S3Client, bucket: string): PictureStore {
  return {
    async keys(prefix) {
      const keys: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
        keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
      }
      return keys;
    },
    async copy(from, to, { contentType, cacheControl }) {
      await client.send(
        new CopyObjectCommand({
          Bucket: bucket,
          Key: to,
          CopySource: encodeURIComponent(`${bucket}/${from}`),
          // The headers of MediaConvert's file lack the cache control.
          MetadataDirective: 'REPLACE',
          ContentType: contentType,
          CacheControl: cacheControl,
        }),
      );
    },
    async write(key, body, { contentType, cacheControl }) {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: contentType,
          CacheControl: cacheControl,
        }),
      );
    },
  };
}
