import { runInNewContext } from 'node:vm';

/** A sound pattern takes microseconds, on a busy machine milliseconds. */
const LIMIT_MILLISECONDS = 1000;

/**
 * Whether a text fits a regular expression of a template. One that would try for ages, such as `(a+)+`, is stopped after
 * a second.
 *
 * @throws Error when it is no regular expression, or takes too long.
 */
export function fitsPattern(pattern: string, text: string): boolean {
  try {
    return Boolean(
      runInNewContext('new RegExp(pattern).test(text)', { pattern, text }, { timeout: LIMIT_MILLISECONDS }),
    );
  } catch (error) {
    const isLate = Object(error).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    const why = isLate ? 'it takes more than a second to match; leave out nested repetitions' : 'it is no pattern';
    throw new Error(`pattern ${pattern} was given; ${why}`);
  }
}
