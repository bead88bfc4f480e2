/**
 * The way back to the live position after a stall. Each stall leaves a viewer further behind. The manifest says where
 * live is, so one decision serves all engines.
 */

/** A decision about the distance to the live position: play at a rate, or jump there. */
export type CatchUp = { readonly kind: 'rate'; readonly rate: number } | { readonly kind: 'jump' };

/** Distance at which playing faster starts, in seconds. Playlist steps and decoder pace alone cause less than this. */
const BEGIN_SECONDS = 1;
/** Distance at which playing faster ends, in seconds. */
const END_SECONDS = 0.2;
/** Distance from which the faster of the two rates is used, in seconds. */
const FAR_SECONDS = 3;
/** Rates that nobody hears while the browser preserves the pitch. Half a minute at the slower one makes up for 1.5 s. */
const RATES = { near: 1.05, far: 1.1 } as const;

/** Distance, in seconds, that two minutes of playing faster cannot make up: 80 s at the faster rate are 8 s. */
export const jumpBeyondSeconds = (segmentSeconds: number): number => Math.max(8, 1.5 * segmentSeconds);

/** Buffer, in seconds, below which playing faster would end in the next stall, because the media arrives too late. */
const ENOUGH_BUFFER_SECONDS = 1;

/** Position of a viewer relative to live. */
export interface Position {
  /** Distance from the video to the live position; negative in front of it. */
  readonly behindSeconds: number;
  /** Media loaded ahead of the video. */
  readonly bufferSeconds: number;
  /** Current playback rate. */
  readonly rate: number;
  readonly segmentSeconds: number;
}

/** Decides how a viewer who wants to be live gets back there. */
export function catchUp({ behindSeconds, bufferSeconds, rate, segmentSeconds }: Position): CatchUp {
  if (behindSeconds > jumpBeyondSeconds(segmentSeconds)) return { kind: 'jump' };
  if (bufferSeconds < ENOUGH_BUFFER_SECONDS) return { kind: 'rate', rate: 1 };
  if (behindSeconds > FAR_SECONDS) return { kind: 'rate', rate: RATES.far };
  const under = behindSeconds > (rate > 1 ? END_SECONDS : BEGIN_SECONDS);
  return { kind: 'rate', rate: under ? RATES.near : 1 };
}
