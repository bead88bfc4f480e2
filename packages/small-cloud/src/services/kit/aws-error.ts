import type { Properties } from '../../contract';

/**
 * A refusal in AWS's own terms. An API answers with it in the protocol of its service; a resource provider throws it
 * too, so that a failed stack event carries the sentence of the service.
 *
 * @see https://smithy.io/2.0/aws/protocols/index.html
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';

  /**
   * @param code - name of the error for an AWS SDK: `NoSuchBucket`.
   * @param status - HTTP status of the answer.
   * @param members - further members of the error in the JSON protocol: `{ Item: … }`. @default none
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly members: Properties = {},
  ) {
    super(message);
  }
}
