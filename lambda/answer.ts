/** A service that could not be reached, or whose answer cannot be read: nothing is known of what it did. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** The parts of an error of the AWS SDK that say whose error it is. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** HTTP status of the answer that an error of the AWS SDK stands for; undefined when there was none. */
export function statusOf(error: unknown): number | undefined {
  return (error as SdkError | undefined)?.$metadata?.httpStatusCode;
}

/**
 * Turns an error of a call of the AWS SDK into one that can be read. A refusal of the service stays as it is. A broken
 * connection, a page of HTML in place of an answer, or an answer that is cut off reach the caller as a `SyntaxError`, a
 * `TypeError` or `Unknown`: they become a {@link NoAnswerError} with a sentence. Errors that the SDK did not touch, such
 * as a mistake of the function itself, stay as they are.
 *
 * @param service - its name, for the sentence.
 */
export function readable(service: string, error: unknown): unknown {
  const { name, message, code, $fault, $metadata } = (error ?? {}) as SdkError;
  if ($metadata === undefined || ($fault !== undefined && name !== 'Unknown')) return error;
  const status = statusOf(error);
  const what =
    status === undefined
      ? `could not be reached (${code ?? message})`
      : `gave an answer that cannot be read (HTTP status ${status})`;
  return new NoAnswerError(`${service} ${what}`, { cause: error });
}

/** @throws NoAnswerError when a member that every answer has is missing. */
export function present<T>(service: string, member: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new NoAnswerError(`${service} gave an answer without ${member}`);
}
