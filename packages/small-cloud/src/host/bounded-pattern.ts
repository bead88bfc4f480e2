import { type Context, createContext, Script } from 'node:vm';

/** Limit of one match. A well-made pattern takes microseconds, and milliseconds on a busy machine. */
const LIMIT_MILLISECONDS = 1000;

/** Only this runs in the context, which is made once: to make one takes longer than a thousand matches. */
const MATCH = new Script('new RegExp(pattern).test(text)');
let context: Context | undefined;

/**
 * Matches a string against a regular expression of a template. An expression with exponential backtracking, such as
 * `(a+)+`, is stopped after a second.
 *
 * @throws Error when it is not a regular expression, or takes too long.
 */
export function fitsPattern(pattern: string, text: string): boolean {
  try {
    context ??= createContext({});
    Object.assign(context, { pattern, text });
    return Boolean(MATCH.runInContext(context, { timeout: LIMIT_MILLISECONDS }));
  } catch (error) {
    const isLate = Object(error).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    const why = isLate
      ? 'it takes more than a second to match; leave out nested repetitions'
      : 'a regular expression is needed';
    throw new Error(`pattern ${pattern} was given; ${why}`);
  }
}
