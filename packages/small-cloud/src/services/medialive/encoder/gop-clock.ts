import type { EncoderPlan } from '../contract/plan';

/**
 * Placement of an encoder that keeps in step with another: both have their keyframes at the same times of the clock.
 */
export interface InStep {
  /** Wall clock of its first frame, in seconds since 1970. */
  readonly clockSeconds: number;
  /** Time from its first frame to the next GOP of the clock; undefined when a GOP begins with the first frame. */
  readonly firstKeyframeSeconds: number | undefined;
}

/**
 * Places an encoder that begins now. Frames are counted from 1970 on, and every `gopFrames`-th is a keyframe. So two
 * encoders agree without communication, whenever they begin, as MediaLive's do with epoch locking.
 *
 * @param nowSeconds - wall clock, in seconds since 1970.
 * @returns undefined where there is no video.
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
    // A quarter of a frame early is still nearest to its frame: versions of ffmpeg differ in whether they round a time,
    // or wait for it.
    firstKeyframeSeconds: missing === 0 ? undefined : (missing - 0.25) * frameSeconds,
  };
}
