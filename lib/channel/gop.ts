import { framesPerSecond, isFrameRate } from './frame-rate';
import type { Ladder } from './ladder';
import { LADDER_PRESETS } from './ladder-presets';
import { isLatency, type Latency, streamTiming } from './latency';
import type { Partly, Path, Report } from './rule';

/** The part of a GOP by which it may miss its seconds: 29.97 misses 30 by a thousandth. */
const GOP_TOLERANCE = 0.002;

/** The parts of a channel that decide whether a GOP holds whole frames. */
interface Timed {
  readonly latency: Latency;
  readonly frameRate: string | undefined;
  readonly ladder: Ladder;
}

/** The frame rate of a channel that names none. */
export function defaultFrameRate(ladder: Partly<Ladder> | undefined): string {
  return typeof ladder === 'string' ? LADDER_PRESETS[ladder].frameRate : '30';
}

/** Checks that a GOP holds a whole number of frames of the channel and of each rendition. Paths are below the channel. */
export function frameRateProblems({ latency, frameRate, ladder }: Partly<Timed>, problem: Report): void {
  const whole = frameRate ?? defaultFrameRate(ladder);
  if (!isFrameRate(whole)) return;
  const ofChannel = gopProblem(latency, whole);
  if (ofChannel !== undefined) {
    problem(['frameRate'], ofChannel);
    return;
  }
  if (typeof ladder !== 'object') return;
  for (const [index, rendition] of ladder.entries()) {
    const own = rendition?.frameRate;
    if (own === undefined || !isFrameRate(own)) continue;
    const path: Path = ['ladder', index, 'frameRate'];
    const message = isPartOf(own, whole)
      ? gopProblem(latency, own)
      : `${own} was given in a channel of ${whole} frames per second; a rendition has that rate divided by 1, 2, 3 …`;
    if (message !== undefined) problem(path, message);
  }
}

function isPartOf(own: string, whole: string): boolean {
  const times = framesPerSecond(whole) / framesPerSecond(own);
  return Math.abs(times - Math.round(times)) < 1e-9;
}

function gopProblem(latency: Partly<Latency> | undefined, frameRate: string): string | undefined {
  if (!isLatency(latency)) return undefined;
  const { gopSeconds } = streamTiming(latency);
  const frames = gopSeconds * framesPerSecond(frameRate);
  const whole = Math.max(1, Math.round(frames));
  if (Math.abs(frames - whole) / whole <= GOP_TOLERANCE) return undefined;
  return `${frameRate} frames per second make ${Math.round(frames * 1000) / 1000} frames of a GOP of ${gopSeconds} s; a GOP must hold a whole number of frames`;
}
