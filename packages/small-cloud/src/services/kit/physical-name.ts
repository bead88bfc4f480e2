import { randomBytes } from 'node:crypto';
import type { ResourceRequest } from '../../contract';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Makes a name as CloudFormation does for a resource without one: `Live-MainRole1A2B3C4D-5XYZ…`. The stack name and
 * the logical id are cut to fit.
 *
 * @param longest - number of characters that the service allows.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export function physicalName({ stackName, logicalId }: ResourceRequest, longest = 255): string {
  const suffix = Array.from(randomBytes(12), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  const room = longest - suffix.length - 2;
  const stack = stackName.slice(0, Math.max(room - logicalId.length, Math.floor(room / 2)));
  return `${stack}-${logicalId.slice(0, room - stack.length)}-${suffix}`;
}
