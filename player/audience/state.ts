import type { Snapshot } from '../snapshot';
import type { Cause, Status } from '../status';

/**
 * A state of the player in the words of CMCD version 2: starting, playing, rebuffering, paused, waiting, ended, fatal error,
 * and quit.
 *
 * @see https://cta-wave.github.io/Resources/common-media-client-data--cta-5004-b.html
 */
export type PlayState = 's' | 'p' | 'r' | 'a' | 'w' | 'e' | 'f' | 'q';

const STATES: Readonly<Record<Status, PlayState>> = {
  loading: 's',
  waiting: 'w',
  playing: 'p',
  paused: 'a',
  // The browser wants a click: the viewer has not asked to play yet.
  blocked: 'a',
  buffering: 'r',
  stale: 'r',
  ended: 'e',
  error: 'f',
};

/** Names the state of a player. One that starts over after its first frame stands still; it does not start. */
export function stateOf({ status, paused }: Pick<Snapshot, 'status' | 'paused'>, started: boolean): PlayState {
  if (paused) return 'a';
  const state = STATES[status];
  return started && (state === 's' || state === 'w') ? 'r' : state;
}

/** Names the reason that there is no video, in a word without addresses. */
export function errorCode(cause: Cause): string {
  switch (cause.kind) {
    case 'http':
      return `http-${cause.status}`;
    case 'unplayable':
      return `unplayable-${cause.why}`;
    case 'engine':
      return `engine-${cause.code}`;
    case 'media':
      return cause.code === undefined ? 'media' : `media-${cause.code}`;
    default:
      return cause.kind;
  }
}
