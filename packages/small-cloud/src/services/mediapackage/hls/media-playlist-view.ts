import type { HlsManifest } from '../model/endpoint';
import { childPlaylistName, gapName, initName, partName, segmentName } from '../model/file-names';
import {
  listedTracks,
  newestFragment,
  segmentSeconds,
  type View,
  wholeSegments,
  windowStart,
} from '../model/listed-media';
import { fragmentSeconds, type TrackSegment } from '../model/media';
import type { Segmenter } from '../model/segmenter';
import type { MediaPlaylist, PlaylistPart, PlaylistSegment, RenditionReport } from './media-playlist';

/**
 * How far from the end of an LL-HLS playlist a part may be, in target durations (RFC 8216bis, 4.4.4.9). A segment lists
 * all of its parts or none, because players count parts from the first one that a segment lists.
 */
const PARTS_KEPT = 3;

/** The media playlist of a track; undefined before its first whole segment. */
export function mediaPlaylistView(view: View, manifest: HlsManifest, track: string): MediaPlaylist | undefined {
  const { endpoint, segmenter, epochSeconds } = view;
  const segments = playlistSegments(view, manifest, track);
  const first = segments[0];
  if (!first || !wholeSegments(segmenter, track, first.number).length) return undefined;
  const targetSeconds = Math.max(segmenter.targetSeconds, Math.round(segmenter.longestSeconds));
  const end = newestFragment(segmenter, track)?.endSeconds ?? 0;
  const lastWhole = segmenter.lastComplete(track) ?? -1;
  const cut = segmenter.cutOf(first.number);
  return {
    container: endpoint.container,
    targetSeconds,
    firstSequence: cut?.sequence ?? first.number,
    discontinuitySequence: (cut?.discontinuities ?? 0) - (cut?.discontinuity ? 1 : 0),
    programDateTimeSeconds: manifest.programDateTimeSeconds,
    segments: segments.flatMap((segment, index) => {
      const { number, fragments } = segment;
      const format = fragments[0]?.format;
      const startSeconds = startOf(segmenter, segment);
      const seconds = segmentSeconds(segmenter, segment);
      const recent = startSeconds >= end - PARTS_KEPT * targetSeconds;
      const entry: PlaylistSegment = {
        uri: segmentName(endpoint, track, number),
        initUri: format && endpoint.container === 'CMAF' ? initName(endpoint, track, format.id) : undefined,
        seconds,
        startMilliseconds: (epochSeconds + startSeconds) * 1000,
        discontinuity: segmenter.cutOf(number)?.discontinuity ?? false,
        gap: fragments.length === 0,
        complete: number <= lastWhole,
        parts: manifest.lowLatency && recent ? parts(view, track, segment) : [],
      };
      return [...gapEntries(view, track, entry, segments[index - 1], segment), entry];
    }),
    lowLatency: manifest.lowLatency
      ? {
          partTargetSeconds: partTarget(segmenter),
          hintUri: partName(endpoint, track, run(view), (newestFragment(segmenter, track)?.ordinal ?? -1) + 1),
          reports: reports(view, manifest, track),
        }
      : undefined,
  };
}

/** Where a track's LL-HLS playlist ends: the media sequence number and the part, counted from 0, that come next. */
export function nextPart(segmenter: Segmenter, track: string): { readonly sequence: number; readonly part: number } {
  const last = segmenter.segments(track).at(-1);
  const sequence = segmenter.cutOf(last?.number ?? -1)?.sequence;
  if (!last || sequence === undefined) return { sequence: 0, part: 0 };
  const whole = last.number === segmenter.lastComplete(track);
  return whole ? { sequence: sequence + 1, part: 0 } : { sequence, part: last.fragments.length };
}

/** The number that no other life of the channel has: the second in which it began. */
export function run({ epochSeconds }: View): number {
  return Math.floor(epochSeconds);
}

/** A segment that holds the sound too is there when all of its tracks are. */
function playlistSegments(
  { endpoint, segmenter }: View,
  manifest: HlsManifest,
  track: string,
): readonly TrackSegment[] {
  const from = windowStart(segmenter, manifest.windowSeconds);
  if (endpoint.container === 'CMAF' && manifest.lowLatency) {
    return segmenter.segments(track).filter(({ number }) => number >= from);
  }
  const whole = wholeSegments(segmenter, track, from);
  if (endpoint.soundApart) return whole;
  const last = Math.min(...listedTracks(segmenter).map((name) => segmenter.lastComplete(name) ?? -1));
  return whole.filter(({ number }) => number <= last);
}

/**
 * Entries for the time before a segment in which no encoder sent anything. They add up to the hole, so that the
 * playlist's durations stay on the timeline of the media; without them players lose count of the live edge.
 */
function gapEntries(
  { endpoint, segmenter, epochSeconds }: View,
  track: string,
  next: PlaylistSegment,
  before: TrackSegment | undefined,
  { number }: TrackSegment,
): readonly PlaylistSegment[] {
  const cut = segmenter.cutOf(number);
  if (!cut || !before || cut.gapEntries === 0) return [];
  const start = epochSeconds + startOf(segmenter, before) + segmentSeconds(segmenter, before);
  const seconds = Math.max(0, next.startMilliseconds / 1000 - start) / cut.gapEntries;
  return Array.from({ length: cut.gapEntries }, (_, index) => ({
    ...next,
    uri: gapName(endpoint, track, cut.sequence - cut.gapEntries + index),
    seconds,
    startMilliseconds: (start + index * seconds) * 1000,
    discontinuity: false,
    gap: true,
    complete: true,
    parts: [],
  }));
}

function startOf(segmenter: Segmenter, { number, fragments }: TrackSegment): number {
  return fragments[0]?.startSeconds ?? segmenter.cutOf(number)?.startSeconds ?? 0;
}

function parts(view: View, track: string, { fragments }: TrackSegment): readonly PlaylistPart[] {
  return fragments.map((fragment) => ({
    uri: partName(view.endpoint, track, run(view), fragment.ordinal),
    seconds: fragmentSeconds(fragment),
    independent: fragment.independent,
  }));
}

function partTarget(segmenter: Segmenter): number {
  const recent = listedTracks(segmenter).flatMap((name) =>
    segmenter.segments(name).flatMap(({ fragments }) => fragments),
  );
  return Math.max(...recent.map(fragmentSeconds));
}

function reports(view: View, manifest: HlsManifest, track: string): readonly RenditionReport[] {
  return listedTracks(view.segmenter)
    .filter((name) => name !== track)
    .flatMap((name) => {
      const last = view.segmenter.segments(name).at(-1);
      const lastSequence = view.segmenter.cutOf(last?.number ?? -1)?.sequence;
      if (!last || lastSequence === undefined) return [];
      return [
        { uri: childPlaylistName(manifest, name), lastSequence, lastPart: Math.max(0, last.fragments.length - 1) },
      ];
    });
}
