import { DeleteObjectsCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { NoAnswerError } from '../shared/answer';
import type { Bucket, Listing, Placed } from './placement';

/** Returns a bucket of S3. */
export function bucketOf(client: S3Client, name: string): Bucket {
  return {
    async list(token) {
      const page = await client.send(new ListObjectsV2Command({ Bucket: name, ContinuationToken: token }));
      // Without KeyCount the answer is not a list. It must not pass for an empty bucket, which would then be deleted
      // together with its objects.
      if (page.KeyCount === undefined) throw new NoAnswerError('S3 listed the bucket in an answer that cannot be read');
      const objects = (page.Contents ?? []).flatMap(({ Key, ETag = '' }): Placed[] =>
        Key === undefined ? [] : [{ key: Key, etag: ETag.replaceAll('"', '') }],
      );
      const { NextContinuationToken: next } = page;
      return next === undefined ? { objects } : ({ objects, next } satisfies Listing);
    },

    async put({ key, body, contentType, cacheControl }) {
      await client.send(
        new PutObjectCommand({
          Bucket: name,
          Key: key,
          Body: body,
          ContentType: contentType,
          CacheControl: cacheControl,
        }),
      );
    },

    async remove(keys) {
      const { Errors: [first] = [] } = await client.send(
        new DeleteObjectsCommand({
          Bucket: name,
          Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true },
        }),
      );
      return first && `${first.Key} could not be deleted: ${first.Code} ${first.Message}`;
    },
  };
}
