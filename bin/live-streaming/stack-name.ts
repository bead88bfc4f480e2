import { given } from '../../lib/channel/given';

/** Name of the stack where `-c stack=NAME` gives none. */
const USUAL = 'live-streaming';

/**
 * The name of the stack that the context asks for.
 *
 * @throws StackNameError for a name that CloudFormation does not take.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
export function stackName(context: unknown): string {
  if (context === undefined) return USUAL;
  if (typeof context === 'string' && /^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(context)) return context;
  throw new StackNameError(
    `-c stack: ${given(context)} was given; a letter, then up to 127 letters, digits and hyphens are needed`,
  );
}

/** A name that CloudFormation does not take; the message is a sentence. */
export class StackNameError extends Error {
  override readonly name = 'StackNameError';
}
