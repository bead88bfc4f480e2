import type { EncoderPlan, VideoTrack } from '../contract/plan';
import type { InStep } from './gop-clock';

/** Frame rate and GOP of a video track. */
export type FrameTimes = Pick<VideoTrack, 'frameRate' | 'gopFrames'>;

/** Lateness of a frame at the encoder, in seconds, from which frames are left out. */
export const LATE_SECONDS = 2;
/** Length of media left out in a row, in seconds, after which the gain is judged. */
const RUN_SECONDS = 1;
/** Gain in seconds below which no frames were waiting: the input itself is late. */
const GAINED_SECONDS = 0.2;

/**
 * Builds a filter that keeps a slow encoder live: it leaves out frames that come late by the clock, which then cost
 * only their decoding. Frames are passed again as soon as the encoder has caught up, so the rate falls only as far as
 * it must. The first frame of every fragment stays, so that keyframes and fragments keep their places.
 *
 * Late means later than the most punctual frame so far (register 0). A late input, such as a publisher that had paused,
 * is told from a slow encoder by the gain from leaving out frames: waiting frames pass at once, frames that are yet to
 * come do not. Register 1 holds the lateness of the first late frame, register 2 the time of the last punctual one,
 * register 3 the lateness of this one.
 *
 * @see https://ffmpeg.org/ffmpeg-utils.html#Expression-Evaluation
 */
export function liveFrames(track: FrameTimes, segmentSeconds: number, inStep: InStep | undefined): string {
  const cell = cellOf(track, fragmentsOfGop(track, segmentSeconds), inStep);
  const inTime = 'st(2,t);1';
  const late = `if(eq(ld(2),prev_t),st(1,ld(3)));${firstOfCell('prev_selected_t', cell)}`;
  const expression = [
    'st(3,time(0)-t)',
    'if(eq(n,0),st(0,ld(3)))',
    `if(gt(t-ld(2),${RUN_SECONDS})*gt(ld(3),ld(1)-${GAINED_SECONDS}),st(0,ld(3)))`,
    'st(0,min(ld(0),ld(3)))',
    `if(lte(ld(3)-ld(0),${LATE_SECONDS}),(${inTime}),(${late}))`,
  ];
  return `select='${expression.join(';')}'`;
}

/** Builds the times of keyframes: the first frame of each GOP of the grid, however many frames the GOP has. */
export function keyframeTimes(track: FrameTimes, inStep: InStep | undefined): string {
  return `expr:${firstOfCell('prev_forced_t', cellOf(track, 1, inStep))}`;
}

/** Returns the frames per second of the first video track, which progress is reported of; 0 for audio alone. */
export function framesASecond({ tracks }: Pick<EncoderPlan, 'tracks'>): number {
  const video = tracks.find((track) => track.kind === 'video');
  return video === undefined ? 0 : video.frameRate.numerator / video.frameRate.denominator;
}

/** Counts the fragments, of half a segment, that a GOP is cut into. */
function fragmentsOfGop({ gopFrames, frameRate }: FrameTimes, segmentSeconds: number): number {
  const gopSeconds = (gopFrames * frameRate.denominator) / frameRate.numerator;
  return Math.max(1, Math.ceil(gopSeconds / (segmentSeconds / 2) - 0.01));
}

/** Builds the test for the first frame of a cell, given the variable that holds the time of the frame before. */
function firstOfCell(before: string, cell: (time: string) => string): string {
  return `if(isnan(${before}),1,gt(${cell('t')},${cell(before)}))`;
}

/**
 * Builds an expression for the number of a time's cell. Cells begin a quarter of a frame early, and are counted with
 * whole numbers, so that a frame stays in its cell even after days.
 */
function cellOf({ frameRate, gopFrames }: FrameTimes, cells: number, inStep: InStep | undefined) {
  const { numerator, denominator } = frameRate;
  const begin = inStep?.firstKeyframeSeconds ?? (-0.25 * denominator) / numerator;
  const gop = `${numerator * cells}/${denominator * gopFrames}`;
  return (time: string) => `floor((${time}${begin < 0 ? '+' : '-'}${Math.abs(begin).toFixed(6)})*${gop})`;
}
