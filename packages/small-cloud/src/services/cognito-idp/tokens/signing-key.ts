import { createSign, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Properties } from '../../../contract';

/** A pair of RSA keys that signs tokens. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const keyPair = promisify(generateKeyPair);

/** Makes a new pair of keys with 2048 bits, as Cognito has for each pool. */
export async function signingKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await keyPair('rsa', { modulusLength: 2048 });
  return { kid: randomBytes(32).toString('base64'), privateKey, publicKey };
}

/** Writes the public half of a key as a member of a JSON Web Key Set. @see https://www.rfc-editor.org/rfc/rfc7517 */
export function publicJwk({ kid, publicKey }: SigningKey): Properties {
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return { alg: 'RS256', e, kid, kty: 'RSA', n, use: 'sig' };
}

/** Signs claims as a JSON Web Token with RS256. @see https://www.rfc-editor.org/rfc/rfc7515 */
export function signed({ kid, privateKey }: SigningKey, claims: Properties): string {
  const head = [{ kid, alg: 'RS256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const text = head.join('.');
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
}
