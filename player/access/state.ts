import type { Device, RefusalName, Session, SessionAnswer } from './session';

/** The viewer's proof of the right to watch. */
export type Credential = 'none' | 'link' | 'sign-in';

/** Reason that nothing plays. */
export interface Refusal {
  readonly name: Exclude<RefusalName, 'sign-in'> | 'unavailable' | 'rejected' | 'sign-in-failed' | 'link-invalid';
  /** Other devices of the viewer, for `too-many-sessions`. */
  readonly devices: readonly Device[];
}

/** Renewal that is under way: none, the first request, one with a fresh sign-in, or one for another session. */
export type Renewal = 'none' | 'asked' | 'refreshed' | 'anew';

/** A session that plays. Times are seconds on one clock. */
export interface Watching {
  readonly phase: 'watching';
  readonly session: Session;
  readonly renewal: Renewal;
  /** Time of the next renewal. */
  readonly renewAt: number;
  /** Time at which the token is no longer valid. */
  readonly expiresAt: number;
  /** Number of renewals in a row without an answer. */
  readonly attempt: number;
  /** True once the edge has refused the token: playback starts over with the next one. */
  readonly replay: boolean;
  /** Time at which playback last started over for a new token. */
  readonly replayedAt: number;
}

/** State of one viewer and one private channel. */
export type AccessState = {
  readonly credential: Credential;
  /** True for the browser's own player, which keeps the token that it began with. */
  readonly native: boolean;
} & (
  | { readonly phase: 'away' }
  | { readonly phase: 'signed-out'; readonly refusal: Refusal | undefined }
  | { readonly phase: 'redeeming' }
  | {
      readonly phase: 'asking';
      /** True once the sign-in has been refreshed for this request. */
      readonly fresh: boolean;
      readonly takeover: boolean;
      readonly attempt: number;
      /** Words that stay on the page during an attempt that the viewer did not ask for. */
      readonly refusal: Refusal | undefined;
    }
  | Watching
  | {
      readonly phase: 'refused';
      readonly refusal: Refusal;
      /** Time of the next attempt; undefined when only the viewer can try again. */
      readonly retryAt: number | undefined;
      readonly attempt: number;
    }
);

/** Buttons of the page. */
export type Press = 'sign-in' | 'take-over' | 'try-again' | 'sign-out';

/** Reports of the page, the service and the edge. */
export type AccessEvent =
  /** The viewer chose a private channel. `redeem`: a sign-in has just led back to the page. */
  | { readonly kind: 'opened'; readonly credential: Credential; readonly native: boolean; readonly redeem: boolean }
  | { readonly kind: 'closed' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'sign-in-failed' }
  /** The refresh token is not valid any more. */
  | { readonly kind: 'sign-in-lost' }
  | SessionAnswer
  /** A media request was refused. `current`: it had the newest token. */
  | { readonly kind: 'edge'; readonly status: number; readonly current: boolean }
  | { readonly kind: 'tick' }
  | { readonly kind: 'pressed'; readonly press: Press };

/** Task of the page. `stop` ends playback and shows the state's words. */
export type AccessAction =
  | { readonly kind: 'none' | 'redeem' | 'play' | 'replay' | 'stop' | 'leave-for-sign-in' | 'sign-out' }
  /** `refresh`: fetch a new access token first. */
  | { readonly kind: 'begin'; readonly refresh: boolean; readonly takeover: boolean }
  | { readonly kind: 'renew'; readonly refresh: boolean };

/** The next state, and the task that comes with it. */
export interface AccessStep {
  readonly state: AccessState;
  readonly action: AccessAction;
}

/** State of a page that shows no private channel. */
export const AWAY: AccessState = { phase: 'away', credential: 'none', native: false };
