const STATUS = {
  InvalidParameter: 400,
  AuthorizationError: 403,
  NotFound: 404,
} as const;

/**
 * A refusal in SNS's own terms: the error code that its API answers with, and a sentence.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors
 */
export class SnsError extends Error {
  override readonly name = 'SnsError';

  constructor(
    readonly code: keyof typeof STATUS,
    message: string,
  ) {
    super(message);
  }

  /** HTTP status of the answer. */
  get status(): number {
    return STATUS[this.code];
  }
}
