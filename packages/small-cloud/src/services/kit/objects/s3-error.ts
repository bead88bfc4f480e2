import type { ApiResponse } from '../../../contract';
import { xmlDocument } from '../../../wire/xml';
import { AwsError } from '../aws-error';

/**
 * Writes an error as S3 does, which has a format of its own.
 *
 * @param resource - path of the request.
 * @param withBody - false for HEAD, whose errors have no body.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function s3ErrorResponse({ status, code, message }: AwsError, resource: string, withBody = true): ApiResponse {
  const body = xmlDocument('Error', undefined, { Code: code, Message: message, Resource: resource });
  return { status, headers: { 'content-type': 'application/xml' }, body: withBody ? body : '' };
}

/** @param name - the operation, header or query of S3 that the local run does not model. */
export function notImplemented(name: string): AwsError {
  const rule = 'A header or query you provided implies functionality that is not implemented';
  return new AwsError('NotImplemented', `${rule} by the local run: ${name}.`, 501);
}

export function noSuchBucket(): AwsError {
  return new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
}

export function noSuchKey(): AwsError {
  return new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
}
