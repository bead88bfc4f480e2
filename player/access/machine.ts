import type { Device, Session } from './session';
import { type AccessEvent, type AccessState, type AccessStep, AWAY, type Refusal } from './state';

/**
 * A pure state machine that decides who is let in, when a token is renewed, and when playback has to end. Times are
 * seconds on one clock.
 */

/** Time after a restart of playback within which another 401 is final. */
const REPLAY_HOLDS_SECONDS = 30;

/** Seconds until the next request to a service that does not answer: 2, 4, 8, 16, then always 30. */
export const retrySeconds = (attempt: number): number => Math.min(2 ** (attempt + 1), 30);

/** Decides the next state and the task that comes with it. */
export function next(state: AccessState, event: AccessEvent, now: number): AccessStep {
  if (event.kind === 'opened') return opened(event);
  if (event.kind === 'closed') return stay({ ...AWAY, credential: state.credential });
  if (event.kind === 'sign-in-lost') return signedOut({ ...state, credential: 'none' }, undefined);
  if (event.kind === 'pressed' && event.press === 'sign-out') return { state: AWAY, action: { kind: 'sign-out' } };
  switch (state.phase) {
    case 'away':
      return stay(state);
    case 'redeeming':
      if (event.kind === 'signed-in') return ask({ ...state, credential: 'sign-in' }, {});
      if (event.kind === 'sign-in-failed') return signedOut({ ...state, credential: 'none' }, 'sign-in-failed');
      return stay(state);
    case 'signed-out':
      return atRest(state, event);
    case 'asking':
      return asking(state, event, now);
    case 'watching':
      return watching(state, event, now);
    case 'refused':
      if (event.kind === 'tick' && state.retryAt !== undefined && now >= state.retryAt) {
        return ask(state, { attempt: state.attempt, refusal: state.refusal });
      }
      return atRest(state, event);
  }
}

function opened({ credential, native, redeem }: Extract<AccessEvent, { readonly kind: 'opened' }>): AccessStep {
  const state: AccessState = { ...AWAY, credential, native };
  if (redeem) return { state: { ...state, phase: 'redeeming' }, action: { kind: 'redeem' } };
  return credential === 'none' ? signedOut(state, undefined) : ask(state, {});
}

/** Waits for the viewer. */
function atRest(state: AccessState, event: AccessEvent): AccessStep {
  if (event.kind === 'signed-in') return ask({ ...state, credential: 'sign-in' }, {});
  if (event.kind === 'sign-in-failed') return signedOut(state, 'sign-in-failed');
  if (event.kind !== 'pressed') return stay(state);
  if (event.press === 'sign-in') return { state, action: { kind: 'leave-for-sign-in' } };
  return ask(state, { takeover: event.press === 'take-over' });
}

function asking(
  state: Extract<AccessState, { readonly phase: 'asking' }>,
  event: AccessEvent,
  now: number,
): AccessStep {
  switch (event.kind) {
    case 'session':
      return { state: admitted(state, event.session, now), action: { kind: 'play' } };
    case 'unanswered':
      return unavailable(state, state.attempt, now);
    case 'refused':
      if (event.name !== 'sign-in') return refused(state, event.name, event.devices);
      if (state.credential === 'link') return signedOut({ ...state, credential: 'none' }, 'link-invalid');
      if (state.fresh) return signedOut({ ...state, credential: 'none' }, undefined);
      return {
        state: { ...state, fresh: true },
        action: { kind: 'begin', refresh: true, takeover: state.takeover },
      };
    default:
      return stay(state);
  }
}

type WatchingState = Extract<AccessState, { readonly phase: 'watching' }>;

function watching(state: WatchingState, event: AccessEvent, now: number): AccessStep {
  switch (event.kind) {
    case 'tick':
      if (state.renewal !== 'none' || now < state.renewAt) return stay(state);
      return renew(state);
    case 'session':
      return renewed(state, event.session, now);
    case 'unanswered':
      if (now >= state.expiresAt) return unavailable(state, state.attempt, now);
      return stay({
        ...state,
        renewal: 'none',
        attempt: state.attempt + 1,
        renewAt: Math.min(now + retrySeconds(state.attempt), state.expiresAt),
      });
    case 'refused':
      if (event.name !== 'sign-in') return refused(state, event.name, event.devices);
      return renewalWithoutSignIn(state);
    case 'edge':
      return refusedByEdge(state, event.status, event.current, now);
    default:
      return stay(state);
  }
}

/** Renews once more with a fresh sign-in, then begins another session, and then asks the viewer to sign in. */
function renewalWithoutSignIn(state: WatchingState): AccessStep {
  if (state.credential !== 'sign-in') return refused(state, 'session-ended', []);
  if (state.renewal === 'asked') {
    return { state: { ...state, renewal: 'refreshed' }, action: { kind: 'renew', refresh: true } };
  }
  return state.renewal === 'refreshed' ? anew(state) : signedOut({ ...state, credential: 'none' }, undefined);
}

function refusedByEdge(state: WatchingState, status: number, current: boolean, now: number): AccessStep {
  if (status === 410) return current ? refused(state, 'session-ended', []) : stay(state);
  if (status === 451) return refused(state, 'country', []);
  if (state.renewal !== 'none') return stay({ ...state, replay: true });
  if (!current) return { state: { ...state, replayedAt: now }, action: { kind: 'replay' } };
  if (now - state.replayedAt < REPLAY_HOLDS_SECONDS) return refused(state, 'rejected', []);
  return state.native && state.credential === 'sign-in' ? anew(state) : renew({ ...state, replay: true });
}

function renewed(state: WatchingState, session: Session, now: number): AccessStep {
  const following = admitted(state, session, now);
  if (state.replay) return { state: { ...following, replayedAt: now }, action: { kind: 'replay' } };
  // The browser's own player cannot change its token, and has one that lasts as long as the session.
  const kept = state.native && state.renewal !== 'anew' ? { ...session, base: state.session.base } : session;
  return stay({ ...following, session: kept, replayedAt: state.replayedAt });
}

const admitted = ({ credential, native }: AccessState, session: Session, now: number): WatchingState => ({
  phase: 'watching',
  credential,
  native,
  session,
  renewal: 'none',
  renewAt: now + session.renewAfterSeconds,
  expiresAt: now + session.lifetimeSeconds,
  attempt: 0,
  replay: false,
  replayedAt: Number.NEGATIVE_INFINITY,
});

const renew = (state: WatchingState): AccessStep => ({
  state: { ...state, renewal: 'asked' },
  action: { kind: 'renew', refresh: false },
});

/** Begins another session in place of one that the service no longer renews. */
const anew = (state: WatchingState): AccessStep => ({
  state: { ...state, renewal: 'anew', replay: true },
  action: { kind: 'begin', refresh: false, takeover: false },
});

function ask(
  { credential, native }: AccessState,
  { takeover = false, attempt = 0, refusal }: { takeover?: boolean; attempt?: number; refusal?: Refusal },
): AccessStep {
  return {
    state: { phase: 'asking', credential, native, fresh: false, takeover, attempt, refusal },
    action: { kind: 'begin', refresh: false, takeover },
  };
}

const refused = ({ credential, native }: AccessState, name: Refusal['name'], devices: readonly Device[]): AccessStep =>
  stop({ phase: 'refused', credential, native, refusal: { name, devices }, retryAt: undefined, attempt: 0 });

const unavailable = ({ credential, native }: AccessState, attempt: number, now: number): AccessStep =>
  stop({
    phase: 'refused',
    credential,
    native,
    refusal: { name: 'unavailable', devices: [] },
    retryAt: now + retrySeconds(attempt),
    attempt: attempt + 1,
  });

const signedOut = ({ credential, native }: AccessState, name: Refusal['name'] | undefined): AccessStep =>
  stop({ phase: 'signed-out', credential, native, refusal: name && { name, devices: [] } });

const stop = (state: AccessState): AccessStep => ({ state, action: { kind: 'stop' } });

const stay = (state: AccessState): AccessStep => ({ state, action: { kind: 'none' } });
