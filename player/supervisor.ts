/**
 * The part of the player that never sleeps: a pure state machine that decides from what is observed what to tell the
 * viewer and when to begin again. An operator leaves the page open; every state but `playing` leads back to it without
 * a click.
 */

/** What is happening, and the values of `data-status` on the page. */
export type Status =
  | 'loading' // an engine is attached and the first picture is on its way
  | 'waiting' // there is no stream yet
  | 'playing'
  | 'paused' // by the viewer
  | 'blocked' // the browser wants a click before it plays
  | 'buffering' // the picture stands still; media is on its way
  | 'stale' // there was a stream, and it does not advance any more
  | 'ended' // the manifest says that no more will come
  | 'error'; // the stream cannot be reached or played; tried again all the same

/** Why there is no picture. */
export type Cause =
  | { readonly kind: 'http'; readonly status: number }
  /** The manifest is there and holds no segment yet. */
  | { readonly kind: 'empty' }
  /** No answer at all: network, name, or a server that allows no other site (CORS). */
  | { readonly kind: 'unreachable' }
  /** It answered with something that is no manifest, or with codecs that this browser does not have. */
  | { readonly kind: 'unplayable'; readonly detail: string }
  /** The decoder gave up. */
  | { readonly kind: 'media'; readonly detail: string };

/** What engines report, and what the page observes. */
export type SupervisorEvent =
  /** Several times a second. `paused` is the viewer's wish, not the video element's state; `ended` is the element's. */
  | { readonly kind: 'tick'; readonly moving: boolean; readonly paused: boolean; readonly ended: boolean }
  /** The manifest was read, and there is media in it. */
  | { readonly kind: 'manifest' }
  /** The live edge has moved on, compared with what the same engine read before. */
  | { readonly kind: 'edge' }
  /** The engine has given up; its own retries are over. */
  | { readonly kind: 'refused'; readonly cause: Cause }
  | { readonly kind: 'media-error'; readonly detail: string }
  | { readonly kind: 'blocked' }
  /** The manifest says that the stream is over. */
  | { readonly kind: 'finished' }
  /** Another stream is where the old one was: a manifest that stood still has changed, or its timeline began anew. */
  | { readonly kind: 'returned' }
  /** The browser has its network back. */
  | { readonly kind: 'online' };

/** Times are seconds on one monotonic clock. */
export interface SupervisorState {
  readonly status: Status;
  readonly cause: Cause | undefined;
  /** When the engine was last begun. */
  readonly attachedAt: number;
  /** When the picture last moved. */
  readonly movedAt: number;
  /** When the live edge last moved. */
  readonly edgeAt: number;
  /** Whether the picture has moved since the engine was begun. */
  readonly moved: boolean;
  /** Whether there has ever been a picture of this stream. */
  readonly played: boolean;
  /** Rebuilds in a row without a picture. */
  readonly attempt: number;
  /** When to begin again; undefined while an engine is at work. */
  readonly retryAt: number | undefined;
  /** When the decoder last had its second chance; undefined if never. */
  readonly recoveredAt: number | undefined;
  /** Whether the manifest says that nothing will be added. */
  readonly finished: boolean;
}

/** What the page has to do: begin again from the manifest, or let the engine repair its decoder. */
export type Action = 'none' | 'rebuild' | 'recover-media';

export interface Step {
  readonly state: SupervisorState;
  readonly action: Action;
}

/** The picture may stand still this long before it is called buffering. */
const BUFFERING_AFTER_SECONDS = 0.75;
/** A decoder that fails again within this time after its second chance is begun anew. */
const RECOVERY_HOLDS_SECONDS = 30;

/** How long a live edge may stand still: three segments, 6 s at least. */
export const staleAfterSeconds = (segmentSeconds: number): number => Math.max(3 * segmentSeconds, 6);

/** Seconds until the next attempt: 1, 2, 4, then 5 for ever. */
export const backoffSeconds = (attempt: number): number => Math.min(2 ** attempt, 5);

/** How long an engine that has media may show no picture: each attempt has twice the time, for slow connections. */
const stuckAfterSeconds = (attempt: number): number => Math.min(12 * 2 ** attempt, 60);

/** The state of a stream whose engine begins now. */
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

/** The next state, and what to do about it. */
export function step(state: SupervisorState, event: SupervisorEvent, now: number, segmentSeconds: number): Step {
  switch (event.kind) {
    case 'tick':
      return event.moving ? moving(state, now) : still(state, event, now, segmentSeconds);
    case 'manifest':
      return stay(awaiting(state) ? { ...state, status: 'loading', cause: undefined } : state);
    case 'edge':
      // The engine saw the same stream stop; what comes back may be another one, with another timeline.
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
      return refused({ ...state, status: 'error' }, { kind: 'media', detail: event.detail }, now);
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
  // An engine that gave up while there is picture left in the buffer is replaced when the buffer is empty, not before.
  return stay(state.retryAt === undefined ? { ...next, cause: undefined } : next);
}

function still(
  state: SupervisorState,
  { paused, ended }: { readonly paused: boolean; readonly ended: boolean },
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
      if (!state.finished && now - state.edgeAt > staleAfterSeconds(segmentSeconds)) {
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
  const pictureLeft = state.status === 'playing';
  const status = pictureLeft ? state.status : statusOf(cause, state.played);
  const retryAt = state.retryAt ?? now + backoffSeconds(state.attempt);
  return stay({ ...state, status, cause, retryAt });
}

/** Without a picture ever, a missing manifest is an early viewer; after one, it is a stream that stopped. */
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
