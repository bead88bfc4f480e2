import { type OriginOptions, originOf, originSchema } from './origin';
import type { Partly, Report } from './rule';

/** The options of a channel that polls depend on. */
type DescribedChannel = Partly<{ readonly polls?: boolean; readonly timedMetadata?: boolean }>;

/**
 * Refuses polls whose questions would not travel with the video.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/insert-id3-metadata-via-schedule.html
 */
export function pollProblems(
  channels: readonly (DescribedChannel | undefined)[],
  origin: unknown,
  problem: Report,
): void {
  const given = originSchema.safeParse(origin);
  const kind: OriginOptions['kind'] | undefined = given.success ? originOf({ origin: given.data }).kind : undefined;
  for (const [index, { polls, timedMetadata } = {}] of channels.entries()) {
    if (polls !== true) continue;
    const path = ['channels', index, 'polls'];
    if (kind !== undefined && kind !== 'media-package') {
      problem(
        path,
        `true was given with the origin ${kind}; a question travels with the video of MediaPackage v2: choose the origin media-package, or leave polls out`,
      );
    } else if (timedMetadata !== true) {
      problem(
        path,
        'true was given without timed ID3, in which a question travels; give the channel timedMetadata: true',
      );
    }
  }
}
