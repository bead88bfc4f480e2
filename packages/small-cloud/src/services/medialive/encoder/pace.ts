/** Progress of an encoder at one moment, counted since it began. Times are in seconds. */
export interface PaceSample {
  /** By this machine's clock. */
  readonly atSeconds: number;
  readonly mediaSeconds: number;
  readonly frame: number;
  /** Time for which the encoder has kept its input waiting. */
  readonly stalledSeconds: number;
}

/** Pace over the last {@link WINDOW_SECONDS}. */
export interface Pace {
  /** Media seconds in a second. */
  readonly speed: number;
  readonly framesPerSecond: number;
  /** Frames in a second of media; 0 for audio alone. */
  readonly ofFrames: number;
  readonly verdict: 'unknown' | 'keeping-up' | 'behind';
}

/** Time that a shortfall must last before anything is done about it. */
export const WINDOW_SECONDS = 10;

const SLOWEST = 0.97;

/** An encoder that keeps up encodes all frames, but for a hiccup of the machine. */
const FEWEST_FRAMES = 0.9;

/** An encoder that is fast enough rarely makes its input wait; a slow publisher does not make it wait at all. */
const MOST_STALLED = 0.1;

/** Keeps the samples that {@link pace} needs: those of the window, and the last one before it. */
export function withinWindow(samples: readonly PaceSample[], added: PaceSample): readonly PaceSample[] {
  const all = [...samples, added];
  const firstInside = all.findIndex((sample) => sample.atSeconds > added.atSeconds - WINDOW_SECONDS);
  return all.slice(Math.max(0, firstInside - 1));
}

/**
 * Judges the pace of an encoder. It is behind when it leaves out more than a tenth of the frames, or makes less than
 * 0.97 s of media in a second *and* lets its input wait: slowness alone can come from the publisher.
 *
 * @param ofFrames - frames in a second of media; 0 for audio alone.
 */
export function pace(samples: readonly PaceSample[], ofFrames: number): Pace {
  const first = samples[0];
  const last = samples.at(-1);
  const seconds = first && last ? last.atSeconds - first.atSeconds : 0;
  if (!first || !last || seconds <= 0) return { speed: 0, framesPerSecond: 0, ofFrames, verdict: 'unknown' };
  const mediaSeconds = last.mediaSeconds - first.mediaSeconds;
  const frames = last.frame - first.frame;
  const stalled = (last.stalledSeconds - first.stalledSeconds) / seconds;
  const speed = mediaSeconds / seconds;
  const behind = frames < FEWEST_FRAMES * mediaSeconds * ofFrames || (speed < SLOWEST && stalled > MOST_STALLED);
  return {
    speed,
    framesPerSecond: frames / seconds,
    ofFrames,
    verdict: seconds < WINDOW_SECONDS ? 'unknown' : behind ? 'behind' : 'keeping-up',
  };
}
