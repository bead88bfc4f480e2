import { isHevc, type Ladder, ladderSchema, renditionsOf } from './ladder';
import type { LiveChannel } from './live-channel';
import { ORIGIN_KINDS, type OriginOptions, originOf, originSchema } from './origin';
import type { OriginKind } from './origins/origin-kind';
import { scheduledSeconds } from './recording';
import type { Partly, Report } from './rule';
import { scheduleSchema } from './schedule';

/**
 * Checks the channels of a stream against its origin.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/supported-inputs.html
 * @see https://developer.apple.com/documentation/http-live-streaming/hls-authoring-specification-for-apple-devices
 */
export function originProblems(origin: unknown, channels: Partly<LiveChannel[]>, problem: Report): void {
  const given = originSchema.safeParse(origin);
  if (!given.success) return;
  const options = originOf({ origin: given.data });
  for (const [index, channel] of channels.entries()) {
    if (channel === undefined) continue;
    const below: Report = (path, message) => problem(['channels', index, ...path], message);
    markerProblem(options.kind, channel, below);
    metadataProblem(options.kind, channel, below);
    lossProblem(options.kind, channel, below);
    recordingProblem(options, channel, below);
    const ladder = ladderSchema.safeParse(channel.ladder);
    if (ladder.success) ladderProblem(options, ladder.data, below);
  }
}

function ladderProblem(options: OriginOptions, ladder: Ladder, problem: Report): void {
  const { hevcFormats, role }: OriginKind = ORIGIN_KINDS[options.kind];
  const formats: readonly string[] = 'formats' in options ? options.formats : [];
  if (isHevc(ladder) && hevcFormats.length === 0) {
    problem(
      ['ladder'],
      `HEVC was given with the origin ${options.kind}, which has HLS in MPEG-TS; players take HEVC in CMAF only: choose the origin media-package, or H.264`,
    );
  } else if (isHevc(ladder) && !formats.some((format) => hevcFormats.includes(format))) {
    problem(
      ['ladder'],
      `HEVC was given with the formats ${formats.join(', ')}; players take HEVC in CMAF only: add one of ${hevcFormats.join(', ')}, or choose H.264`,
    );
  } else if (renditionsOf(ladder).length === 0 && role === 'packager') {
    problem(
      ['ladder'],
      `"audio-only" was given with the origin ${options.kind}, which takes no stream without video; choose the origin s3`,
    );
  }
}

/** Refuses ad markers that MediaLive does not write into the playlists of a store. */
function markerProblem(kind: OriginOptions['kind'], { adMarkers }: Partly<LiveChannel>, problem: Report): void {
  if (ORIGIN_KINDS[kind].role !== 'store' || typeof adMarkers !== 'object') return;
  if (adMarkers.manifests !== 'daterange') return;
  problem(
    ['adMarkers', 'manifests'],
    `"daterange" was given with the origin ${kind}, whose playlists MediaLive marks with tags of its own; choose scte35-enhanced, or the origin media-package`,
  );
}

/** Refuses timed ID3 where it cannot be switched on, or has no video to travel with. */
function metadataProblem(
  kind: OriginOptions['kind'],
  { timedMetadata, ladder }: Partly<LiveChannel>,
  problem: Report,
): void {
  if (timedMetadata !== true) return;
  if (ORIGIN_KINDS[kind].timedMetadata === 'always') {
    problem(['timedMetadata'], `true was given with the origin ${kind}, which gets timed ID3 always; leave it out`);
  } else if (ladder === 'audio-only') {
    problem(['timedMetadata'], 'true was given with the ladder audio-only; timed ID3 travels with video');
  }
}

/** Refuses a stream that goes on after an input loss where the output group pauses. */
function lossProblem(kind: OriginOptions['kind'], { inputLoss }: Partly<LiveChannel>, problem: Report): void {
  if (ORIGIN_KINDS[kind].role === 'store' || typeof inputLoss?.afterwards !== 'object') return;
  problem(
    ['inputLoss', 'afterwards'],
    `a stream that goes on was described with the origin ${kind}, whose output group always pauses when the input is lost; leave it out, or choose the origin s3`,
  );
}

/** Refuses recordings of an origin that harvests nothing, and of shows that are over before they are harvested. */
function recordingProblem(
  options: OriginOptions,
  { recording, schedule, ladder, audio }: Partly<LiveChannel>,
  problem: Report,
): void {
  if (recording === undefined) return;
  if (options.kind === 'media-store') {
    problem(
      ['recording'],
      'a recording was given with the origin media-store, which AWS has discontinued; choose the origin s3 or media-package, or leave it out',
    );
  }
  if (options.kind === 's3' && typeof recording === 'object' && (recording.pictures || recording.mp4)) {
    const why = unconvertible({ ladder, audio });
    if (why !== undefined) {
      problem(
        ['recording'],
        `pictures or mp4 were given with the origin s3 and ${why}; MediaConvert needs segments with video and audio in them: leave them out`,
      );
    }
  }
  const given = scheduleSchema.safeParse(schedule);
  if (!given.success || options.kind !== 'media-package' || options.startOverSeconds === undefined) return;
  const needed = scheduledSeconds({ schedule: given.data }) + 3600;
  if (options.startOverSeconds >= needed) return;
  problem(
    ['recording'],
    `a recording was given with startOverSeconds ${options.startOverSeconds} and a show of ${needed - 3600} s in the schedule; the beginning would be gone at the end: give at least ${needed}, or leave startOverSeconds out`,
  );
}

/** Says why the segments of a bucket have no video with audio in them; undefined where they have. */
function unconvertible({ ladder, audio }: Partly<Pick<LiveChannel, 'ladder' | 'audio'>>): string | undefined {
  if (ladder === 'audio-only') return 'the ladder audio-only';
  return Array.isArray(audio) && audio.length > 1 ? `${audio.length} audio tracks` : undefined;
}
