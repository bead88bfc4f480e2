import { createHmac, timingSafeEqual } from 'node:crypto';

/** A key of HMAC-SHA256, and its id in the head of tokens. */
export interface TokenKey {
  readonly kid: string;
  readonly secret: Buffer;
}

/** The claims of a viewer's token, as the gate at the edge reads them. Times are in seconds since 1970. */
export interface ViewerClaims {
  /** Id of the session: 16 random characters. */
  readonly sid: string;
  /** Viewer of the session, as an opaque id. */
  readonly v: string;
  /** Names of the channels that the token opens. */
  readonly ch: readonly string[];
  readonly iat: number;
  readonly exp: number;
}

/**
 * Signs claims as a JSON Web Token with HS256.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7519
 */
export function signed(claims: object, { kid, secret }: TokenKey): string {
  const text = `${encoded({ alg: 'HS256', kid })}.${encoded(claims)}`;
  return `${text}.${mac(text, secret).toString('base64url')}`;
}

/**
 * Reads a token that one of these keys has signed. Whether it has expired is not checked.
 *
 * @returns its claims; undefined for anything else.
 */
export function readSigned(token: string, keys: readonly TokenKey[]): Readonly<Record<string, unknown>> | undefined {
  const [head = '', claims = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || token.length > 2000) return undefined;
  const { alg, kid } = decoded(head);
  const key = keys.find((each) => each.kid === kid);
  if (alg !== 'HS256' || key === undefined) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const right = mac(`${head}.${claims}`, key.secret);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  return decoded(claims);
}

function mac(text: string, secret: Buffer): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(Buffer.from(part, 'base64url').toString())) as Record<string, unknown>;
  } catch {
    return {};
  }
}
