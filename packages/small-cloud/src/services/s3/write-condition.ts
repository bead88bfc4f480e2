import type { ApiRequest } from '../../contract';
import { AwsError } from '../kit/aws-error';
import type { Bucket, ReplaceCondition } from '../kit/objects/buckets';
import { listsEtag } from '../kit/objects/object-head';
import { noSuchKey, notImplemented } from '../kit/objects/s3-error';

/**
 * Reads the condition of a write, `If-None-Match: *` or `If-Match: <entity tag>`, and judges the object that is there now.
 * The condition that it returns judges again at the moment of the write: of several writes with one condition, the first
 * to finish wins, and the others get 412. A write whose object is deleted meanwhile gets 409.
 *
 * @returns undefined for a write without a condition.
 * @throws AwsError PreconditionFailed; NoSuchKey for `If-Match` where there is no object; NotImplemented for other forms.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function writeCondition(
  { headers }: Pick<ApiRequest, 'headers'>,
  bucket: Bucket,
  key: string,
): ReplaceCondition | undefined {
  const none = headers['if-none-match'];
  const match = headers['if-match'];
  if (none === undefined && match === undefined) return undefined;
  if (none !== undefined && match !== undefined) throw notImplemented('If-None-Match with If-Match');
  if (none !== undefined && none !== '*') throw notImplemented(`If-None-Match: ${none}`);
  const judge: ReplaceCondition = (current) => {
    if (match === undefined) {
      if (current !== undefined) throw preconditionFailed();
      return;
    }
    if (current === undefined) throw noSuchKey();
    if (!listsEtag(match, current.etag)) throw preconditionFailed();
  };
  const before = bucket.objects.get(key);
  judge(before);
  return (current) => {
    if (before !== undefined && current === undefined) throw conflict();
    judge(current);
  };
}

/** Tells whether the condition of a write needs the right to read the object. */
export function readsObject({ headers }: ApiRequest): boolean {
  return headers['if-match'] !== undefined;
}

function preconditionFailed(): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
}

function conflict(): AwsError {
  const message = 'The conditional request cannot succeed due to a conflicting operation against this resource.';
  return new AwsError('ConditionalRequestConflict', message, 409);
}
