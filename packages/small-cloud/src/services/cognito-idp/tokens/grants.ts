import { randomBytes, randomUUID } from 'node:crypto';
import type { PoolClient, PoolUser, UserPool } from '../pool/user-pool';

/** Time for which an authorization code is valid, in milliseconds. */
const CODE_MILLISECONDS = 5 * 60_000;

/** One sign-in of a user through a client. */
export interface Grant {
  readonly pool: UserPool;
  readonly client: PoolClient;
  readonly user: PoolUser;
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  /** Time of the sign-in, in milliseconds since 1970. */
  readonly authTime: number;
  /** Claim that all tokens of the sign-in share. */
  readonly originJti: string;
  /** True once its refresh token was revoked, or its user signed out everywhere. */
  isRevoked: boolean;
}

/** A code that waits to be exchanged. */
export interface Code {
  readonly grant: Grant;
  readonly redirectUri: string;
  /** The S256 challenge of PKCE; undefined where the client sent none. */
  readonly challenge: string | undefined;
}

interface Timed<T> {
  readonly value: T;
  validUntil: number;
}

/** The codes, refresh tokens and access tokens that pools have issued. Times in milliseconds since 1970. */
export class Grants {
  private readonly codes = new Map<string, Timed<Code>>();
  private readonly refreshTokens = new Map<string, Timed<Grant>>();
  private readonly accessTokens = new Map<string, Timed<Grant>>();

  /** Issues a code for a new sign-in. */
  issueCode(
    granted: Omit<Grant, 'originJti' | 'isRevoked'>,
    asked: Pick<Code, 'redirectUri' | 'challenge'>,
    now: number,
  ): string {
    const code = randomUUID();
    const grant = { ...granted, originJti: randomUUID(), isRevoked: false };
    this.codes.set(code, { value: { grant, ...asked }, validUntil: now + CODE_MILLISECONDS });
    return code;
  }

  /** Takes a code, which can be taken once. */
  takeCode(code: string, now: number): Code | undefined {
    const found = valid(this.codes, code, now);
    this.codes.delete(code);
    return found?.value;
  }

  /** @param validUntil - when it ends. */
  issueRefreshToken(grant: Grant, validUntil: number): string {
    const token = randomBytes(64).toString('base64url');
    this.refreshTokens.set(token, { value: grant, validUntil });
    return token;
  }

  /** Finds a refresh token that is valid, and its end. */
  refreshToken(token: string, now: number): { readonly grant: Grant; readonly validUntil: number } | undefined {
    const found = valid(this.refreshTokens, token, now);
    return found === undefined || !isLive(found.value)
      ? undefined
      : { grant: found.value, validUntil: found.validUntil };
  }

  /** Ends a refresh token before its time. */
  shorten(token: string, validUntil: number): void {
    const found = this.refreshTokens.get(token);
    if (found !== undefined) found.validUntil = Math.min(found.validUntil, validUntil);
  }

  /** Remembers an access token, for the endpoint that tells who its user is. */
  noteAccessToken(token: string, grant: Grant, validUntil: number): void {
    this.accessTokens.set(token, { value: grant, validUntil });
  }

  /** Finds the sign-in of an access token that is neither expired nor revoked. */
  ofAccessToken(token: string, now: number): Grant | undefined {
    const found = valid(this.accessTokens, token, now);
    return found !== undefined && isLive(found.value) ? found.value : undefined;
  }

  /** Returns true for an access token that this service issued, valid or not. */
  isAccessToken(token: string): boolean {
    return this.accessTokens.has(token);
  }

  /** Revokes every sign-in of a user. */
  revokeUser(user: PoolUser): void {
    for (const map of [this.refreshTokens, this.accessTokens]) {
      for (const { value } of map.values()) if (value.user === user) value.isRevoked = true;
    }
  }
}

/** Returns true while a sign-in counts: it was not revoked, and its user and client still exist. */
function isLive({ isRevoked, pool, user, client }: Grant): boolean {
  return !isRevoked && pool.users.get(user.username) === user && pool.clients.get(client.id) === client;
}

/** Finds an entry that has not expired, and forgets one that has. */
function valid<T>(map: Map<string, Timed<T>>, key: string, now: number): Timed<T> | undefined {
  const found = map.get(key);
  if (found === undefined || now < found.validUntil) return found;
  map.delete(key);
  return undefined;
}
