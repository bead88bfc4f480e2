/** State of the player, and value of `data-status` on the page. */
export type Status =
  | 'loading' // an engine is attached and the first frame is on its way
  | 'waiting' // there is no stream yet
  | 'playing'
  | 'paused' // by the viewer
  | 'blocked' // the browser wants a click before it plays
  | 'buffering' // the video stands still; media is on its way
  | 'stale' // there was a stream, and it no longer advances
  | 'ended' // the manifest marks the end of the stream
  | 'error'; // the stream cannot be reached or played; the player keeps trying

/** Words for assistive technology while the page shows none. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  loading: 'Connecting',
  waiting: 'Waiting',
  playing: 'Playing',
  paused: 'Paused',
  blocked: 'Ready to play',
  buffering: 'Buffering',
  stale: 'Stopped',
  ended: 'Ended',
  error: 'Error',
};

/** Circumstances in which a video may stand still. */
export interface Stillness {
  /** The viewer's wish. */
  readonly paused: boolean;
  /** State of the video element. */
  readonly ended: boolean;
  /** True for a viewer who went back, and has media ahead even if the live edge stands still. @default false */
  readonly behind?: boolean;
}

/** Reason that there is no video. */
export type Cause =
  | { readonly kind: 'http'; readonly status: number }
  /** The manifest is there and has no segment yet. */
  | { readonly kind: 'empty' }
  /** No answer at all: network, name, or a server that allows no other site (CORS). */
  | { readonly kind: 'unreachable' }
  /** The answer is not a manifest, or this browser cannot play it. */
  | { readonly kind: 'unplayable'; readonly why: 'codecs' | 'no-playlist' | 'no-mpd' | 'browser' }
  /** The manifest is too large; a sentence tells by how much. */
  | { readonly kind: 'oversized'; readonly detail: string }
  /** The engine stopped for a reason of its own, with its code. */
  | { readonly kind: 'engine'; readonly code: string }
  /** The decoder gave up, with the engine's code if it has one. */
  | { readonly kind: 'media'; readonly code?: string };
