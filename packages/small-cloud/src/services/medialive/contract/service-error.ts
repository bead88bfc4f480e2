const STATUS = {
  BadRequestException: 400,
  AccessDeniedException: 403,
  NotFoundException: 404,
  ConflictException: 409,
  UnprocessableEntityException: 422,
  TooManyRequestsException: 429,
  NotImplementedException: 501,
} as const;

/**
 * A refusal in MediaLive's own terms: the error code that its API answers with, and a sentence. Resource providers
 * throw it too, so that a failed stack event says what the service would say.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels-channelid-start.html
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    readonly code: keyof typeof STATUS,
    message: string,
  ) {
    super(message);
  }

  /** Returns the HTTP status of the answer. */
  get status(): number {
    return STATUS[this.code];
  }
}

/** Makes the refusal of a request that the service understands and does not accept (422). */
export function refused(sentence: string): ServiceError {
  return new ServiceError('UnprocessableEntityException', sentence);
}
