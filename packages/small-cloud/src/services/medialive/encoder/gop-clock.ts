import type { EncoderPlan } from '../contract/plan';

/** How an encoder of two keeps in step with the other: both have their keyframes at the same times of the clock. */
export interface InStep {
  /** Wall clock of its first frame, in seconds since 1970. */
  readonly clockSeconds: number;
  /** When after its first frame the next GOP of the clock begins; undefined when one begins with it. */
  readonly firstKeyframeSeconds: number | undefined;
}

/**
 * Places an encoder that begins now. Frames are counted from 1970 on, and every `gopFrames`-th is a keyframe: so two
 * encoders agree without a word between them, whenever one of them begins, as MediaLive's do with epoch locking.
 *
 * @param nowSeconds - wall clock, in seconds since 1970.
 * @returns undefined where there is no picture.
 * @see https://docs.aws.amazon.com/medialive/latest/ug/pipeline-lock.html
 */
export function inStep({ tracks }: Pick<EncoderPlan, 'tracks'>, nowSeconds: number): InStep | undefined {
  const video = tracks.find((track) => track.kind === 'video');
  if (video === undefined) return undefined;
  const { frameRate, gopFrames } = video;
  const frameSeconds = frameRate.denominator / frameRate.numerator;
  const frame = Math.round(nowSeconds / frameSeconds);
  const missing = (gopFrames - (frame % gopFrames)) % gopFrames;
  return {
    clockSeconds: frame * frameSeconds,
    // A little early, and still nearest to its frame: versions of ffmpeg differ in whether they round a time, or wait for it.
    firstKeyframeSeconds: missing === 0 ? undefined : (missing - 0.25) * frameSeconds,
  };
}
