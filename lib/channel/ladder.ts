import { z } from 'zod';
import { type Problem, rule } from './field';
import { LADDER_PRESETS } from './ladder-presets';
import { completed, type Rendition, renditionSchema } from './rendition';

const renditions = z
  .array(renditionSchema)
  .min(1)
  .max(10)
  .check(rule('array', (list) => list.flatMap((step, index) => stepProblem(step as Partial<Rendition>, index, list))));

/** The name of a preset, or renditions of one's own from the lowest bitrate to the highest. */
export const ladderSchema = z.union([z.enum(keys(LADDER_PRESETS)), renditions]);

/** The ladder of a channel, as described. */
export type Ladder = z.infer<typeof ladderSchema>;

/** The renditions of a ladder, from the lowest bitrate to the highest; none of `audio-only`. */
export function renditionsOf(ladder: Ladder): readonly Rendition[] {
  if (typeof ladder === 'string') return LADDER_PRESETS[ladder].renditions;
  return ladder.map(completed);
}

/** Whether a ladder needs what HEVC needs: CMAF, and devices that play it. */
export function isHevc(ladder: Ladder): boolean {
  return renditionsOf(ladder).some(({ codec }) => codec === 'hevc');
}

/** Whether a ladder has a rendition above 1080p in HEVC, for which MediaLive takes B-frames in one form only. */
export function isHevcAbove1080p(ladder: Ladder): boolean {
  return renditionsOf(ladder).some(({ codec, width, height }) => codec === 'hevc' && (width > 1920 || height > 1080));
}

/** The name that a rendition has from MediaLive to the local encoder: `video-1280x720-2700k`. */
export function renditionName({ width, height, bitrate }: Pick<Rendition, 'width' | 'height' | 'bitrate'>): string {
  return `video-${width}x${height}-${Math.round(bitrate / 1000)}k`;
}

function stepProblem(step: Partial<Rendition>, index: number, list: readonly Partial<Rendition>[]): readonly Problem[] {
  const below = list[index - 1];
  if (below === undefined) return [];
  const [codec, codecBelow] = [step.codec ?? 'h264', below.codec ?? 'h264'];
  if (codec !== codecBelow) {
    return [
      {
        path: [index, 'codec'],
        message: `${codec} was given after ${codecBelow}; all renditions have one codec, because players do not change it while they play`,
      },
    ];
  }
  if (!isSized(step) || !isSized(below)) return [];
  if (step.bitrate <= below.bitrate) {
    return [
      {
        path: [index, 'bitrate'],
        message: `${step.bitrate} bits/s was given after ${below.bitrate} bits/s; renditions go from the lowest bitrate to the highest, each above the one before`,
      },
    ];
  }
  if (step.width * step.height < below.width * below.height) {
    return [
      {
        path: [index],
        message: `${step.width}x${step.height} at ${step.bitrate} bits/s comes after the larger ${below.width}x${below.height}; a picture may not get smaller as its bitrate grows`,
      },
    ];
  }
  return renditionName(step) === renditionName(below)
    ? [
        {
          path: [index],
          message: `${renditionName(step)} is also the name of the rendition before; their sizes or bitrates must differ by more than a kbit/s`,
        },
      ]
    : [];
}

function isSized(step: Partial<Rendition>): step is Pick<Rendition, 'width' | 'height' | 'bitrate'> {
  return [step.width, step.height, step.bitrate].every((value) => typeof value === 'number');
}

function keys<K extends string>(table: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(table) as K[];
}
