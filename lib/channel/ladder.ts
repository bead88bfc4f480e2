import { z } from 'zod';
import { field, type Problem, rule } from './field';
import { LADDER_PRESETS } from './ladder-presets';

/** One rendition: a picture size, the most bits it may take, and how its codec is used for it. */
export interface Rendition {
  readonly codec: 'h264' | 'hevc';
  readonly width: number;
  readonly height: number;
  readonly bitrate: number;
  /** HEVC has MAIN alone: 8 bits, as H.264. */
  readonly profile: 'MAIN' | 'HIGH';
  readonly quality: number;
}

const even = (min: number, max: number) =>
  z
    .int()
    .min(min)
    .max(max)
    .check(
      rule('number', (pixels) =>
        Number.isInteger(pixels) && pixels % 2 !== 0
          ? [{ path: [], message: `${pixels} was given; video in 4:2:0 needs an even number of pixels` }]
          : [],
      ),
    );

const rendition = z.strictObject({
  width: field(even(160, 3840), { what: 'Width of the picture.', unit: 'pixels' }),
  height: field(even(90, 2160), { what: 'Height of the picture.', unit: 'pixels' }),
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
export const ladderSchema = z.union([z.enum(keys(LADDER_PRESETS)), renditions]);

/** The ladder of a channel, as described. */
export type Ladder = z.infer<typeof ladderSchema>;

/** The renditions of a ladder, from the lowest bitrate to the highest; none of `audio-only`. */
export function renditionsOf(ladder: Ladder): readonly Rendition[] {
  if (typeof ladder === 'string') return LADDER_PRESETS[ladder].renditions;
  return ladder.map((own) => ({ codec: 'h264', ...own }));
}

/** Whether a ladder needs what HEVC needs: CMAF, and devices that play it. */
export function isHevc(ladder: Ladder): boolean {
  return renditionsOf(ladder).some(({ codec }) => codec === 'hevc');
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

function keys<K extends string>(table: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(table) as K[];
}
