import type { Value } from '../../contract';
import type { InvocationResult } from './invocation';

/**
 * Waits for the answer of a function, from the moment at which its handler begins.
 *
 * @param perform - invokes the function, and calls `begins` when its code is loaded.
 * @returns undefined for a function that fails or takes longer. It goes on, as on AWS.
 */
export function answerWithin(
  milliseconds: number,
  perform: (begins: () => void) => Promise<InvocationResult>,
): Promise<{ readonly payload: Value } | undefined> {
  return new Promise((resolve, reject) => {
    let limit: NodeJS.Timeout | undefined;
    const begins = () => {
      limit = setTimeout(() => resolve(undefined), milliseconds);
    };
    perform(begins)
      .then((result) => resolve('payload' in result ? result : undefined), reject)
      .finally(() => clearTimeout(limit));
  });
}
