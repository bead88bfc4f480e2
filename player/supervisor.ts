import type { Cause, Status, Stillness } from './status';

/**
 * A pure state machine that decides from observations what the viewer is told and when the player starts over. An
 * operator leaves the page open, so every state leads back to `playing` without a click.
 */

/** Reports of the engines, and observations of the page. */
export type SupervisorEvent =
  /** Sent several times a second. */
  | ({ readonly kind: 'tick'; readonly moving: boolean } & Stillness)
  /** The manifest was read, and it has media. */
  | { readonly kind: 'manifest' }
  /** The live edge has advanced since the same engine read it last. */
  | { readonly kind: 'edge' }
  /** The engine has given up, after its own retries. */
  | { readonly kind: 'refused'; readonly cause: Cause }
  | { readonly kind: 'media-error'; readonly code?: string }
  | { readonly kind: 'blocked' }
  /** The manifest marks the end of the stream. */
  | { readonly kind: 'finished' }
  /** Another stream has taken the place of the old one: a stale manifest has changed, or its timeline has started over. */
  | { readonly kind: 'returned' }
  /** The browser is back online. */
  | { readonly kind: 'online' };

/** Times are seconds on one monotonic clock. */
export interface SupervisorState {
  readonly status: Status;
  readonly cause: Cause | undefined;
  /** Time at which the engine was started. */
  readonly attachedAt: number;
  /** Time at which the video last moved. */
  readonly movedAt: number;
  /** Time at which the live edge last advanced. */
  readonly edgeAt: number;
  /** True once the video has moved since the engine was started. */
  readonly moved: boolean;
  /** True once the video of this stream has moved under any engine. */
  readonly played: boolean;
  /** Number of rebuilds in a row without a frame. */
  readonly attempt: number;
  /** Time at which to start over; undefined while an engine is at work. */
  readonly retryAt: number | undefined;
  /** Time of the last repair of the decoder; undefined if there was none. */
  readonly recoveredAt: number | undefined;
  /** True once the manifest marks the end of the stream. */
  readonly finished: boolean;
}

/** The task of the page: start over from the manifest, or let the engine repair its decoder. */
export type Action = 'none' | 'rebuild' | 'recover-media';

/** The next state, and the task that comes with it. */
export interface Step {
  readonly state: SupervisorState;
  readonly action: Action;
}

/** Time that the video may stand still before the player shows that it is buffering. */
const BUFFERING_AFTER_SECONDS = 0.75;
/** Time after a repair of the decoder within which the next failure restarts the engine. */
const RECOVERY_HOLDS_SECONDS = 30;

/** Time that a live edge may stand still: three segments, 6 s at least. */
export const staleAfterSeconds = (segmentSeconds: number): number => Math.max(3 * segmentSeconds, 6);

/**
 * Seconds until the next attempt: 1 three times, because a stream that starts appears within seconds and the edge keeps
 * errors for one; then a second more each time, up to 5.
 */
export const backoffSeconds = (attempt: number): number => Math.min(Math.max(1, attempt - 1), 5);

/** Time that an engine that has media may show no frame. It doubles with each attempt, for slow connections. */
const stuckAfterSeconds = (attempt: number): number => Math.min(12 * 2 ** attempt, 60);

/** The state of a stream whose engine starts now. */
export const beginning = (now: number): SupervisorState => ({
  status: 'loading',
  cause: undefined,
  attachedAt: now,
  movedAt: now,
  edgeAt: now,
  moved: false,
  played: false,
  attempt: 0,
  retryAt: undefined,
  recoveredAt: undefined,
  finished: false,
});

/** Decides the next state and the task that comes with it. */
export function step(state: SupervisorState, event: SupervisorEvent, now: number, segmentSeconds: number): Step {
  switch (event.kind) {
    case 'tick':
      return event.moving ? moving(state, now) : still(state, event, now, segmentSeconds);
    case 'manifest':
      return stay(awaiting(state) ? { ...state, status: 'loading', cause: undefined } : state);
    case 'edge':
      // The engine saw the stream stop; the one that comes back may have another timeline.
      if (state.status === 'stale' && state.moved) return rebuild({ ...state, status: 'loading' }, now);
      return stay({ ...state, edgeAt: now });
    case 'returned':
      return state.retryAt === undefined ? rebuild({ ...state, status: 'loading', attempt: 0 }, now) : stay(state);
    case 'refused':
      return refused(state, event.cause, now);
    case 'media-error':
      if (state.recoveredAt === undefined || now - state.recoveredAt > RECOVERY_HOLDS_SECONDS) {
        return { state: { ...state, recoveredAt: now }, action: 'recover-media' };
      }
      return refused({ ...state, status: 'error' }, { kind: 'media', code: event.code }, now);
    case 'blocked':
      return stay({ ...state, status: 'blocked' });
    case 'finished':
      return stay({ ...state, finished: true });
    case 'online':
      return state.retryAt === undefined ? stay(state) : stay({ ...state, retryAt: now });
  }
}

function moving(state: SupervisorState, now: number): Step {
  const next: SupervisorState = {
    ...state,
    status: 'playing',
    movedAt: now,
    moved: true,
    played: true,
    attempt: 0,
  };
  // An engine that gave up while the buffer holds frames is replaced once the buffer is empty, not before.
  return stay(state.retryAt === undefined ? { ...next, cause: undefined } : next);
}

function still(
  state: SupervisorState,
  { paused, ended, behind = false }: Stillness,
  now: number,
  segmentSeconds: number,
): Step {
  const stillSeconds = now - state.movedAt;
  const stuckAfter = stuckAfterSeconds(state.attempt);
  if (state.retryAt !== undefined) {
    if (stillSeconds < BUFFERING_AFTER_SECONDS) return stay(state);
    const shown = state.cause === undefined ? state : { ...state, status: statusOf(state.cause, state.played) };
    return now < state.retryAt ? stay(shown) : rebuild({ ...shown, attempt: state.attempt + 1 }, now);
  }
  switch (state.status) {
    case 'loading':
    case 'waiting':
    case 'error':
      if (paused && state.status === 'loading') return stay({ ...state, status: 'paused' });
      return now - state.attachedAt > stuckAfter ? again(state, now) : stay(state);
    case 'stale':
      return !state.moved && now - state.attachedAt > stuckAfter ? again(state, now) : stay(state);
    case 'playing':
    case 'buffering':
    case 'paused':
      if (ended) return stay({ ...state, status: 'ended' });
      if (paused) return stay({ ...state, status: 'paused', movedAt: now });
      if (stillSeconds < BUFFERING_AFTER_SECONDS) return stay(state);
      if (!state.finished && !behind && now - state.edgeAt > staleAfterSeconds(segmentSeconds)) {
        return stay({ ...state, status: 'stale' });
      }
      if (stillSeconds > stuckAfter) return again({ ...state, status: 'buffering' }, now);
      return stay({ ...state, status: 'buffering' });
    case 'blocked':
    case 'ended':
      return stay(state);
  }
}

function refused(state: SupervisorState, cause: Cause, now: number): Step {
  const framesLeft = state.status === 'playing';
  const status = framesLeft ? state.status : statusOf(cause, state.played);
  const retryAt = state.retryAt ?? now + backoffSeconds(state.attempt);
  return stay({ ...state, status, cause, retryAt });
}

/** Interprets a missing manifest: before the first frame the viewer is early, after it the stream has stopped. */
function statusOf(cause: Cause, played: boolean): Status {
  if (cause.kind === 'http' || cause.kind === 'empty') return played ? 'stale' : 'waiting';
  return 'error';
}

const awaiting = ({ status, moved }: SupervisorState): boolean =>
  status === 'waiting' || status === 'error' || (status === 'stale' && !moved);

const stay = (state: SupervisorState): Step => ({ state, action: 'none' });

const again = (state: SupervisorState, now: number): Step => rebuild({ ...state, attempt: state.attempt + 1 }, now);

const rebuild = (state: SupervisorState, now: number): Step => ({
  state: { ...state, attachedAt: now, movedAt: now, edgeAt: now, moved: false, retryAt: undefined, finished: false },
  action: 'rebuild',
});
