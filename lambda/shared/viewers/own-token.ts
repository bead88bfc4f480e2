import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { systemClock } from '../clock';
import { setting } from '../setting';
import { readKeyRing, signingKey } from './key-ring';
import { signed } from './token';

/**
 * Makes the beginning of paths of a private channel, `/s/<token>`, for a function of the stack that looks at it as a viewer
 * does. The token is good for one look. The gate knows the session `probe`.
 *
 * @throws Error where the stack has no keys yet.
 */
export async function ownTokenPath(secrets: SecretsManagerClient, channel: string): Promise<string> {
  const { SecretString = '{}' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: setting('VIEWER_SECRET_ARN') }),
  );
  const ring = readKeyRing(SecretString);
  if (ring === undefined) throw new Error('The stack has no keys of viewers yet');
  const iat = Math.floor(systemClock.now() / 1000);
  return `/s/${signed({ sid: 'probe', v: 'probe', ch: [channel], iat, exp: iat + 120 }, signingKey(ring, iat))}`;
}
