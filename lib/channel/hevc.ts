import type { Problem } from './field';
import { fraction, isFrameRate } from './frame-rate';
import { isHevc, ladderSchema } from './ladder';

/**
 * What MediaLive takes for the decoder buffer of an HEVC encode, in bits, and for the denominator of its frame rate. Of
 * H.264 it takes any.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels.html (H265Settings)
 */
export const BUFFER_BITS_OF_HEVC = { least: 100_000, most: 80_000_000 } as const;
const MOST_DENOMINATOR = 3003;

/** What MediaLive does not take of the renditions of a channel in HEVC: sentences at paths below the channel. */
export function hevcProblems({ ladder, frameRate }: Record<string, unknown>): readonly Problem[] {
  const renditions: readonly Record<string, unknown>[] = Array.isArray(ladder)
    ? ladder.map((rendition: unknown) => (typeof rendition === 'object' && rendition !== null ? { ...rendition } : {}))
    : [];
  const own = renditions.flatMap((rendition, index) =>
    rendition['codec'] === 'hevc'
      ? [...bufferProblems(rendition, ['ladder', index]), ...rateProblems(rendition['frameRate'], ['ladder', index])]
      : [],
  );
  const some = renditions.some(({ codec }) => codec === 'hevc') || isHevcPreset(ladder);
  return some ? [...rateProblems(frameRate, []), ...own] : [];
}

function isHevcPreset(ladder: unknown): boolean {
  const preset = ladderSchema.safeParse(ladder);
  return preset.success && isHevc(preset.data);
}

function bufferProblems(
  { bitrate, bufferSeconds }: Record<string, unknown>,
  path: readonly (string | number)[],
): readonly Problem[] {
  if (typeof bitrate !== 'number' || typeof bufferSeconds !== 'number') return [];
  const bits = Math.round(bitrate * bufferSeconds);
  const { least, most } = BUFFER_BITS_OF_HEVC;
  if (!Number.isFinite(bits) || (bits >= least && bits <= most)) return [];
  const message = `${bufferSeconds} s of ${bitrate} bits/s are ${bits} bits; MediaLive takes ${least} to ${most} bits of buffer for HEVC: choose ${bits < least ? 'more' : 'fewer'} seconds`;
  return [{ path: [...path, 'bufferSeconds'], message }];
}

function rateProblems(frameRate: unknown, path: readonly (string | number)[]): readonly Problem[] {
  if (typeof frameRate !== 'string' || !isFrameRate(frameRate)) return [];
  if (fraction(frameRate).denominator <= MOST_DENOMINATOR) return [];
  const message = `${frameRate} was given; MediaLive takes a denominator of at most ${MOST_DENOMINATOR} for HEVC: write the same rate with a smaller one`;
  return [{ path: [...path, 'frameRate'], message }];
}
