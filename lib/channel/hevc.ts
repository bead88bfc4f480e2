import { fraction, isFrameRate } from './frame-rate';
import { isHevc, type Ladder } from './ladder';
import type { Partly, Path, Report } from './rule';

/**
 * The decoder buffer that MediaLive takes for an HEVC encode, in bits. For H.264 it takes any size.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels.html (H265Settings)
 */
export const BUFFER_BITS_OF_HEVC = { least: 100_000, most: 80_000_000 } as const;

/** The largest denominator of a frame rate that MediaLive takes for an HEVC encode. */
const MOST_DENOMINATOR = 3003;

/** The parts of a channel that HEVC limits. */
interface Limited {
  readonly ladder: Ladder;
  readonly frameRate: string | undefined;
}

/** Checks what MediaLive takes of renditions in HEVC. Paths are below the channel. */
export function hevcProblems({ ladder, frameRate }: Partly<Limited>, problem: Report): void {
  if (typeof ladder !== 'object') {
    if (ladder !== undefined && isHevc(ladder)) rateProblem(frameRate, ['frameRate'], problem);
    return;
  }
  if (ladder.some((rendition) => rendition?.codec === 'hevc')) rateProblem(frameRate, ['frameRate'], problem);
  for (const [index, rendition] of ladder.entries()) {
    if (rendition?.codec !== 'hevc') continue;
    bufferProblem(rendition, ['ladder', index, 'bufferSeconds'], problem);
    rateProblem(rendition.frameRate, ['ladder', index, 'frameRate'], problem);
  }
}

interface Buffered {
  readonly bitrate?: number | undefined;
  readonly bufferSeconds?: number | undefined;
}

function bufferProblem({ bitrate, bufferSeconds }: Buffered, path: Path, problem: Report): void {
  if (bitrate === undefined || bufferSeconds === undefined) return;
  const bits = Math.round(bitrate * bufferSeconds);
  const { least, most } = BUFFER_BITS_OF_HEVC;
  if (bits >= least && bits <= most) return;
  problem(
    path,
    `${bufferSeconds} s of ${bitrate} bits/s are ${bits} bits; MediaLive takes ${least} to ${most} bits of buffer for HEVC: choose ${bits < least ? 'more' : 'fewer'} seconds`,
  );
}

function rateProblem(frameRate: string | undefined, path: Path, problem: Report): void {
  if (frameRate === undefined || !isFrameRate(frameRate)) return;
  if (fraction(frameRate).denominator <= MOST_DENOMINATOR) return;
  problem(
    path,
    `${frameRate} was given; MediaLive takes a denominator of at most ${MOST_DENOMINATOR} for HEVC: write the same rate with a smaller one`,
  );
}
