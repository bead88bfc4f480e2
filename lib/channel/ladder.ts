import { z } from 'zod';
import { LADDER_PRESETS } from './ladder-presets';
import { completed, type Rendition, renditionSchema } from './rendition';
import { type Partly, type Report, rule } from './rule';

type OwnRendition = z.infer<typeof renditionSchema>;

const renditions = z.array(renditionSchema).min(1).max(10).check(rule(orderProblems));

/** The name of a preset, or renditions of one's own from the lowest bitrate to the highest. */
export const ladderSchema = z.union([z.enum(keys(LADDER_PRESETS)), renditions]);

/** The ladder of a channel, as described. */
export type Ladder = z.infer<typeof ladderSchema>;

/** The renditions of a ladder, from the lowest bitrate to the highest; none of `audio-only`. */
export function renditionsOf(ladder: Ladder): readonly Rendition[] {
  if (typeof ladder === 'string') return LADDER_PRESETS[ladder].renditions;
  return ladder.map(completed);
}

/** Tells whether a ladder is in HEVC, which needs CMAF and devices that play it. */
export function isHevc(ladder: Ladder): boolean {
  return renditionsOf(ladder).some(({ codec }) => codec === 'hevc');
}

/** Tells whether a ladder has a rendition above 1080p in HEVC, for which MediaLive takes B-frames in one form only. */
export function isHevcAbove1080p(ladder: Ladder): boolean {
  return renditionsOf(ladder).some(({ codec, width, height }) => codec === 'hevc' && (width > 1920 || height > 1080));
}

/** The name of a rendition from MediaLive to the local encoder: `video-1280x720-2700k`. */
export function renditionName({ width, height, bitrate }: Pick<Rendition, 'width' | 'height' | 'bitrate'>): string {
  return `video-${width}x${height}-${Math.round(bitrate / 1000)}k`;
}

/** Checks that each rendition is a step up from the one before. */
function orderProblems(list: Partly<OwnRendition[]>, problem: Report): void {
  for (const [index, step] of list.entries()) {
    const below = list[index - 1];
    if (step === undefined || below === undefined) continue;
    const { codec } = step;
    if (codec !== undefined && below.codec !== undefined && codec !== below.codec) {
      problem(
        [index, 'codec'],
        `${codec} was given after ${below.codec}; all renditions have one codec, because players do not change it during playback`,
      );
    } else if (isSized(step) && isSized(below)) {
      sizeProblem(step, below, (path, message) => problem([index, ...path], message));
    }
  }
}

type Sized = Pick<OwnRendition, 'width' | 'height' | 'bitrate'>;

function sizeProblem(step: Sized, below: Sized, problem: Report): void {
  if (step.bitrate <= below.bitrate) {
    problem(
      ['bitrate'],
      `${step.bitrate} bits/s was given after ${below.bitrate} bits/s; renditions go from the lowest bitrate to the highest, each above the one before`,
    );
  } else if (step.width * step.height < below.width * below.height) {
    problem(
      [],
      `${step.width}x${step.height} at ${step.bitrate} bits/s comes after the larger ${below.width}x${below.height}; a frame may not get smaller as its bitrate grows`,
    );
  } else if (renditionName(step) === renditionName(below)) {
    problem(
      [],
      `${renditionName(step)} is also the name of the rendition before; their sizes or bitrates must differ by more than a kbit/s`,
    );
  }
}

function isSized(step: Partly<OwnRendition>): step is Partly<OwnRendition> & Sized {
  return step.width !== undefined && step.height !== undefined && step.bitrate !== undefined;
}

function keys<K extends string>(table: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(table) as K[];
}
