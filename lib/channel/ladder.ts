import { z } from 'zod';
import { field, type Problem, rule } from './field';

/** One rendition: a picture size, the most bits it may take, and how H.264 is used for it. */
export interface Rendition {
  readonly width: number;
  readonly height: number;
  readonly bitrate: number;
  readonly profile: 'MAIN' | 'HIGH';
  readonly quality: number;
}

/**
 * The six rungs of the solution that this project re-creates. A preset is a number of rungs from the bottom.
 * What was changed, and why, is in docs/decisions/0004-ladder.md.
 */
const RUNGS = [
  { width: 512, height: 288, bitrate: 400_000, profile: 'MAIN', quality: 6 },
  { width: 640, height: 360, bitrate: 800_000, profile: 'MAIN', quality: 7 },
  { width: 768, height: 432, bitrate: 1_200_000, profile: 'MAIN', quality: 7 },
  { width: 960, height: 540, bitrate: 1_800_000, profile: 'MAIN', quality: 7 },
  { width: 1280, height: 720, bitrate: 2_700_000, profile: 'MAIN', quality: 8 },
  { width: 1920, height: 1080, bitrate: 4_100_000, profile: 'HIGH', quality: 8 },
] as const satisfies readonly Rendition[];

/** The ladders that have a name. */
export const LADDER_PRESETS = {
  'sd-540p': RUNGS.slice(0, 4),
  'hd-720p': RUNGS.slice(0, 5),
  'hd-1080p': RUNGS.slice(0, 6),
} as const satisfies Record<string, readonly Rendition[]>;

const even = (min: number, max: number) =>
  z
    .int()
    .min(min)
    .max(max)
    .check(
      rule('number', (pixels) =>
        Number.isInteger(pixels) && pixels % 2 !== 0
          ? [{ path: [], message: `${pixels} was given; H.264 in 4:2:0 needs an even number of pixels` }]
          : [],
      ),
    );

const rendition = z.strictObject({
  width: field(even(160, 1920), { what: 'Width of the picture.', unit: 'pixels' }),
  height: field(even(90, 1080), { what: 'Height of the picture.', unit: 'pixels' }),
  bitrate: field(z.int().min(100_000).max(20_000_000), {
    what: 'The most bits per second that the video of this rendition may take (QVBR maximum).',
    unit: 'bits/s',
    effect: 'Higher gives difficult scenes a better picture, and costs viewers and you more traffic.',
  }),
  profile: field(z.enum(['MAIN', 'HIGH']).default('HIGH'), {
    what: 'H.264 profile.',
    effect: 'HIGH saves some per cent of bits; MAIN plays on devices from before 2010.',
  }),
  quality: field(z.int().min(1).max(10).default(7), {
    what: 'QVBR quality level.',
    effect: 'Higher spends more bits on easy scenes, up to `bitrate`.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/qvbr-and-rate-control-mode.html',
  }),
});

const renditions = z
  .array(rendition)
  .min(1)
  .max(10)
  .check(rule('array', (list) => list.flatMap((step, index) => stepProblem(step as Partial<Rendition>, index, list))));

/** The name of a preset, or renditions of one's own from the lowest bitrate to the highest. */
export const ladderSchema = z.union([z.enum(['sd-540p', 'hd-720p', 'hd-1080p']), renditions]);

/** The ladder of a channel, as described. */
export type Ladder = z.infer<typeof ladderSchema>;

/** The renditions of a ladder, from the lowest bitrate to the highest. */
export function renditionsOf(ladder: Ladder): readonly Rendition[] {
  return typeof ladder === 'string' ? LADDER_PRESETS[ladder] : ladder;
}

/** The name that a rendition has from MediaLive to the local encoder: `video-1280x720-2700k`. */
export function renditionName({ width, height, bitrate }: Pick<Rendition, 'width' | 'height' | 'bitrate'>): string {
  return `video-${width}x${height}-${Math.round(bitrate / 1000)}k`;
}

function stepProblem(step: Partial<Rendition>, index: number, list: readonly Partial<Rendition>[]): readonly Problem[] {
  const below = list[index - 1];
  if (below === undefined || !isSized(step) || !isSized(below)) return [];
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
