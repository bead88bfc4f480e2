import type { ApiResponse } from '../../../contract';
import { xmlDocument } from '../../../wire/xml';

/** An error in S3's words, with the status that goes with its code. */
export class S3Error extends Error {
  override readonly name = 'S3Error';

  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /** The answer on the wire; S3 sends no body to HEAD. */
  response(resource: string, withBody = true): ApiResponse {
    const body = xmlDocument('Error', undefined, { Code: this.code, Message: this.message, Resource: resource });
    return { status: this.status, headers: { 'content-type': 'application/xml' }, body: withBody ? body : '' };
  }
}

/** @param what - the operation, header or query that S3 has and the local run has not. */
export function notImplemented(what: string): S3Error {
  const rule = 'A header or query you provided implies functionality that is not implemented';
  return new S3Error(501, 'NotImplemented', `${rule} by the local run: ${what}.`);
}

export function noSuchBucket(): S3Error {
  return new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
}

export function noSuchKey(): S3Error {
  return new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
}
