import type { KeyRing } from '../shared/viewers/key-ring';
import type { ViewerBook } from '../shared/viewers/viewer-book';

/** A viewer whom the sign-in has confirmed. */
export interface SignedIn {
  /** Id that never changes. */
  readonly subject: string;
  /** Name for the operator. */
  readonly name: string;
  readonly groups: readonly string[];
}

/** The rules of the stack, from the description of its channels. */
export interface AccessRules {
  /** The private channels. `groups` is left out where a viewer needs none. */
  readonly channels: Readonly<Record<string, { readonly groups?: readonly string[] }>>;
  readonly tokenMinutes: number;
  readonly sessionHours: number;
  readonly maxSessions: number;
  readonly whenFull: 'ask' | 'refuse';
  /** Countries where private channels may be watched. Left out: everywhere. */
  readonly countries?: readonly string[];
}

/** The dependencies of the function. Every call may fail; then nobody is let in. */
export interface SessionSurroundings {
  readonly rules: AccessRules;
  readonly book: ViewerBook;
  keys(): Promise<KeyRing>;
  /** Secret of links; undefined where links do not open channels. */
  linkSecret(): Promise<Buffer | undefined>;
  /**
   * Checks an access token of the sign-in.
   *
   * @returns undefined for one that is not valid, and where the stack has no sign-in.
   */
  signedIn(token: string): Promise<SignedIn | undefined>;
  /** Makes the edge refuse tokens of these sessions until a time, in seconds since 1970. */
  revoke(sids: readonly string[], until: number): Promise<void>;
  notify(subject: string, text: string): Promise<void>;
  /** Random characters for an id: 16 of base64url. */
  randomId(): string;
  /** Time in seconds since 1970. */
  now(): number;
}
