import { randomUUID } from 'node:crypto';
import type { PoolUser, UserPool } from '../pool/user-pool';

/** Time for which Cognito remembers a browser that signed in, in milliseconds. */
const SESSION_MILLISECONDS = 3_600_000;

/** Time for which a viewer may choose a new password, in milliseconds of this machine: a hurried cloud types no faster. */
const CHALLENGE_MILLISECONDS = 3 * 60_000;

/** The name of the cookie. */
const COOKIE = 'cognito';

/** A browser in which a user is signed in. */
export interface Session {
  readonly pool: UserPool;
  readonly user: PoolUser;
  /** Time of the sign-in, in milliseconds since 1970. */
  readonly authTime: number;
}

/** The browsers that are signed in, and those whose users must choose a password first. */
export class Sessions {
  private readonly sessions = new Map<string, Session>();
  private readonly challenges = new Map<string, { readonly session: Session; readonly until: number }>();

  /**
   * Opens a session. The cookie belongs to the folder of the page, so it works below `/_hosts/<host>/` as well.
   *
   * @returns the header that sets the cookie.
   */
  open(session: Session): Readonly<Record<string, string>> {
    const id = randomUUID();
    this.sessions.set(id, session);
    return { 'set-cookie': `${COOKIE}=${id}; Max-Age=${SESSION_MILLISECONDS / 1000}; HttpOnly; SameSite=Lax` };
  }

  /** Finds the session of a browser; undefined when there is none, or when its user is gone. */
  find(pool: UserPool, cookies: string | undefined, now: number): Session | undefined {
    const session = this.sessions.get(idOf(cookies));
    if (session === undefined || session.pool !== pool || now >= session.authTime + SESSION_MILLISECONDS) {
      return undefined;
    }
    return pool.users.get(session.user.username) === session.user ? session : undefined;
  }

  /** Ends the session of a browser. @returns the header that removes the cookie. */
  close(cookies: string | undefined): Readonly<Record<string, string>> {
    this.sessions.delete(idOf(cookies));
    return { 'set-cookie': `${COOKIE}=; Max-Age=0; HttpOnly; SameSite=Lax` };
  }

  /** Remembers a user who gave the temporary password. @returns the word that proves it. */
  challenge(session: Session): string {
    const id = randomUUID();
    this.challenges.set(id, { session, until: performance.now() + CHALLENGE_MILLISECONDS });
    return id;
  }

  /** Finds the user who may choose a new password. */
  challenged(pool: UserPool, id: string): Session | undefined {
    const { session, until } = this.challenges.get(id) ?? { session: undefined, until: 0 };
    return session?.pool === pool && performance.now() < until ? session : undefined;
  }

  /** Ends a challenge, after the new password was set. */
  met(id: string): void {
    this.challenges.delete(id);
  }
}

function idOf(cookies = ''): string {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]*)`).exec(cookies)?.[1] ?? '';
}
