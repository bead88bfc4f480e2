/**
 * The way back to the live position after a stall. Each stall leaves a viewer further behind; the manifest says where
 * live is, so one decision serves all engines.
 */

/** What to do about the distance to the live position: play at a rate, or jump there. */
export type CatchUp = { readonly kind: 'rate'; readonly rate: number } | { readonly kind: 'jump' };

/** Behind by less than this, in seconds, is where a playlist's own steps and a decoder's pace may put a viewer. */
const BEGIN_SECONDS = 1;
/** Once on the way, playing faster ends here, in seconds. */
const END_SECONDS = 0.2;
/** From here on the faster of the two rates, in seconds. */
const FAR_SECONDS = 3;
/** With the pitch kept, as browsers do, nobody hears these. Half a minute at the slower one makes up for 1.5 s. */
const RATES = { near: 1.05, far: 1.1 } as const;

/** Beyond this, in seconds, two minutes of playing faster would not do: 80 s at the faster rate are 8 s. */
export const jumpBeyondSeconds = (segmentSeconds: number): number => Math.max(8, 1.5 * segmentSeconds);

/** With less than this loaded, in seconds, playing faster would only end in the next stall: the media comes too late. */
const ENOUGH_BUFFER_SECONDS = 1;

/** Where a viewer is. */
export interface Position {
  /** How far the picture is behind the live position; negative in front of it. */
  readonly behindSeconds: number;
  /** How much is loaded beyond the picture. */
  readonly bufferSeconds: number;
  /** The rate at which it plays now. */
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
