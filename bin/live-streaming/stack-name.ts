import { given } from '../../lib/channel/given';

/** Name of the stack without `-c stack=NAME`. */
const DEFAULT = 'live-streaming';

/**
 * Reads the name of the stack from the context.
 *
 * @throws StackNameError for a name that CloudFormation does not accept.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
export function stackName(context: unknown): string {
  if (context === undefined) return DEFAULT;
  if (typeof context === 'string' && /^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(context)) return context;
  throw new StackNameError(
    `-c stack: ${given(context)} was given; a letter, then up to 127 letters, digits and hyphens are needed`,
  );
}

/** A name that CloudFormation does not accept. The message is a sentence for the user. */
export class StackNameError extends Error {
  override readonly name = 'StackNameError';
}
