/** Failure to reach a service, or to read its answer. The effect of the call is unknown. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** The parts of an AWS SDK error that tell where it comes from. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Returns the HTTP status of the answer behind an AWS SDK error; undefined when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  return (error as SdkError | undefined)?.$metadata?.httpStatusCode;
}

/**
 * Turns an error of an AWS SDK call into one that a person can read. A refusal by the service stays as it is. A broken
 * connection, an HTML page or a truncated answer reaches the caller as a `SyntaxError`, a `TypeError` or `Unknown`, and
 * becomes a {@link NoAnswerError} with a sentence. Errors from outside the SDK, such as a bug in the function, stay as
 * they are.
 *
 * @param service - name of the service, for the sentence.
 */
export function readable(service: string, error: unknown): unknown {
  const { name, message, code, $fault, $metadata } = (error ?? {}) as SdkError;
  if ($metadata === undefined || ($fault !== undefined && name !== 'Unknown')) return error;
  const status = statusOf(error);
  const problem =
    status === undefined
      ? `could not be reached (${code ?? message})`
      : `gave an answer that cannot be read (HTTP status ${status})`;
  return new NoAnswerError(`${service} ${problem}`, { cause: error });
}

/**
 * Returns a member that every answer has.
 *
 * @throws NoAnswerError when it is missing.
 */
export function present<T>(service: string, member: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new NoAnswerError(`${service} gave an answer without ${member}`);
}
