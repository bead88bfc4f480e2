import { execFileSync } from 'node:child_process';
import { describe, expect, jest, test } from '@jest/globals';
import {
  type FrameTimes,
  keyframeTimes,
  LATE_SECONDS,
  liveFrames,
} from '../../../src/services/medialive/encoder/live-frames';

jest.setTimeout(120_000);

const RATE: FrameTimes = { frameRate: { numerator: 30_000, denominator: 1001 }, gopFrames: 30 };
const GOP_SECONDS = 1.001;

interface Shown {
  readonly seconds: number;
  readonly key: boolean;
}

/**
 * The frames that come out of an encoder, in order. The clock that the filter reads is the one given, in place of that
 * of this machine, which may be busy: `time(0)` is written as an expression of the time of the frame.
 */
function encoded(seconds: number, clock: string, inStep?: Parameters<typeof liveFrames>[2]): readonly Shown[] {
  const filter = liveFrames(RATE, 2, inStep).replace('time(0)', `(${clock})`);
  const source = ['-f', 'lavfi', '-i', `color=size=64x36:rate=30000/1001:duration=${seconds}`];
  const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-g', '30', '-sc_threshold', '0'];
  const keyframes = ['-force_key_frames', keyframeTimes(RATE, inStep), '-forced-idr', '1', '-fps_mode', 'vfr'];
  const args = ['-v', 'error', ...source, '-vf', filter, ...codec, ...keyframes];
  const file = execFileSync('ffmpeg', [...args, '-f', 'nut', '-'], { maxBuffer: 50_000_000 });
  const asked = ['-v', 'error', '-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0', '-'];
  return execFileSync('ffprobe', asked, { input: file, encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => ({ seconds: Number.parseFloat(line), key: line.includes('K') }));
}

function keyframesOf(frames: readonly Shown[]): readonly number[] {
  return frames.filter(({ key }) => key).map(({ seconds }) => seconds);
}

/** The largest distance of two numbers from another two, place by place. */
function apart(found: readonly number[], expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length);
  return Math.max(...found.map((each, index) => Math.abs(each - (expected[index] ?? Number.NaN))));
}

const GRID = Array.from({ length: 20 }, (_, cell) => cell * GOP_SECONDS);

describe('the frames that are encoded', () => {
  test('are all of them while they come in time, with keyframes on the grid', () => {
    const frames = encoded(20, 't+1000+0.5*gt(t,5)*lt(t,8)');
    expect(frames).toHaveLength(600);
    expect(apart(keyframesOf(frames), GRID)).toBeLessThan(0.01);
  });

  test('are those of the grid alone while they come late, and all again when they do not', () => {
    // Late from second 5 to 9, and nearer to the clock with each frame that is left out.
    const frames = encoded(20, `t+1000+between(t,5,9)*(20-2*(t-5))`);
    const late = frames.filter(({ seconds }) => seconds > 5.1 && seconds < 8.9);
    expect(late.every(({ key }) => key)).toBe(true);
    expect(late).toHaveLength(3);
    expect(frames.filter(({ seconds }) => seconds > 10)).toHaveLength(300);
    expect(apart(keyframesOf(frames), GRID)).toBeLessThan(0.01);
  });

  test('are as many as a slow encoder manages, and never more than two seconds late', () => {
    const frame = 1001 / 30_000;
    // Each encoded frame takes as long as two frames last.
    const frames = encoded(40, `st(9,max(t,ld(9)+${2 * frame}*eq(prev_selected_n,n-1)))`);
    const settled = frames.filter(({ seconds }) => seconds > 20);
    expect(settled.length / (20 / frame)).toBeCloseTo(0.5, 1);
    expect(
      Math.max(...settled.slice(1).map(({ seconds }, index) => seconds - (settled[index]?.seconds ?? 0))),
    ).toBeLessThan(0.2);
  });

  test('are all of them again, a second later, when it is the input that has become late for good', () => {
    const frames = encoded(20, `t+1000+${LATE_SECONDS + 3}*gt(t,5)`);
    const between = (from: number, to: number) => frames.filter(({ seconds }) => seconds > from && seconds < to).length;
    expect(between(5.01, 5.99)).toBeLessThanOrEqual(1);
    expect(between(6.1, 19.1)).toBeGreaterThanOrEqual(388);
  });

  test('are in step with those of another encoder', () => {
    const frames = encoded(5, 't+1000', { clockSeconds: 1_800_000_000, firstKeyframeSeconds: 11.75 / 30 });
    const first = 12 * (1001 / 30_000);
    const expected = [0, ...[0, 1, 2, 3, 4].map((cell) => first + cell * GOP_SECONDS)];
    expect(
      apart(
        keyframesOf(frames),
        expected.filter((seconds) => seconds < 5),
      ),
    ).toBeLessThan(0.01);
  });
});
