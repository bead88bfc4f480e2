import type { EncoderPlan, VideoTrack } from '../contract/plan';
import type { InStep } from './gop-clock';

/** A video track, as far as the times of its frames go. */
export type FrameTimes = Pick<VideoTrack, 'frameRate' | 'gopFrames'>;

/** How late a frame may come to the encoder, in seconds, before frames are left out. */
export const LATE_SECONDS = 2;
/** When leaving out this much media in a row, in seconds, … */
const RUN_SECONDS = 1;
/** … brings the frames less than this much nearer to the clock, nothing was waiting: the input itself is late. */
const GAINED_SECONDS = 0.2;

/**
 * A filter that keeps a slow encoder live: it leaves out frames that come late by the clock, before they cost anything
 * but their decoding. Frames go on as soon as the encoder has caught up, so the rate falls only as far as it must. The
 * first frame of every fragment stays, so that keyframes and fragments are where they are at full rate.
 *
 * Late is later than the most punctual frame so far (register 0). An input that is itself late, such as a publisher
 * that had paused, is told from a slow encoder by what leaving out brings: frames that wait are gone through at once,
 * frames that are yet to come are not. Register 1 holds the lateness of the first frame that was late, register 2 the
 * time of the last one that was not, register 3 the lateness of this one.
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

/** When to encode a keyframe: with the first frame of each GOP of the grid, however many frames there are in it. */
export function keyframeTimes(track: FrameTimes, inStep: InStep | undefined): string {
  return `expr:${firstOfCell('prev_forced_t', cellOf(track, 1, inStep))}`;
}

/** Frames of a second of the first picture, which is the one that progress is reported of; 0 for audio alone. */
export function framesASecond({ tracks }: Pick<EncoderPlan, 'tracks'>): number {
  const video = tracks.find((track) => track.kind === 'video');
  return video === undefined ? 0 : video.frameRate.numerator / video.frameRate.denominator;
}

/** How many fragments, of half a segment, a GOP is cut into. */
function fragmentsOfGop({ gopFrames, frameRate }: FrameTimes, segmentSeconds: number): number {
  const gopSeconds = (gopFrames * frameRate.denominator) / frameRate.numerator;
  return Math.max(1, Math.ceil(gopSeconds / (segmentSeconds / 2) - 0.01));
}

/** Whether a frame is the first one in its cell, when the one before it had the time that a variable holds. */
function firstOfCell(before: string, cell: (time: string) => string): string {
  return `if(isnan(${before}),1,gt(${cell('t')},${cell(before)}))`;
}

/**
 * The number of the cell of a time, as an expression. Cells begin a quarter of a frame early, and are counted with
 * whole numbers: after days a frame is still in the cell that it belongs to.
 */
function cellOf({ frameRate, gopFrames }: FrameTimes, cells: number, inStep: InStep | undefined) {
  const { numerator, denominator } = frameRate;
  const begin = inStep?.firstKeyframeSeconds ?? (-0.25 * denominator) / numerator;
  const gop = `${numerator * cells}/${denominator * gopFrames}`;
  return (time: string) => `floor((${time}${begin < 0 ? '+' : '-'}${Math.abs(begin).toFixed(6)})*${gop})`;
}
