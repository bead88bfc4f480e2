import { adBreaks } from '../model/breaks';
import type { HlsManifest } from '../model/endpoint';
import { gapName, initName, partName, segmentName } from '../model/file-names';
import {
  channelEpoch,
  listedTracks,
  newestFragment,
  segmentSeconds,
  segmentsBetween,
  wholeSegments,
} from '../model/listed-media';
import { listing } from '../model/listing';
import { fragmentSeconds, type TrackSegment } from '../model/media';
import type { Segmenter } from '../model/segmenter';
import type { Listing, View } from '../model/view';
import { breakTags } from './break-tags';
import { childUri } from './child-uri';
import type { MediaPlaylist, PlaylistPart, PlaylistSegment, RenditionReport } from './media-playlist';

/**
 * How far from the end of an LL-HLS playlist a part may be, in target durations (RFC 8216bis, 4.4.4.9). A segment lists
 * all of its parts or none, because players count parts from the first one that a segment lists.
 */
const PARTS_KEPT = 3;
/** Media that decides the longest part, in target durations: more than any playlist lists with its parts. */
const PARTS_MEASURED = 6;

/** Builds the media playlist of a track; undefined before its first whole segment. */
export function mediaPlaylistView(view: View, manifest: HlsManifest, track: string): MediaPlaylist | undefined {
  const { endpoint, segmenter } = view;
  const listed = listing(view, manifest.windowSeconds);
  if (!listed) return undefined;
  // A manifest that does not end at the live edge announces no parts.
  const lowLatency = manifest.lowLatency && listed.last === Number.POSITIVE_INFINITY;
  const segments = playlistSegments(view, { listed, lowLatency, track });
  const first = segments[0];
  if (!first || !wholeSegments(segmenter, track, { ...listed, first: first.number }).length) return undefined;
  const targetSeconds = Math.max(segmenter.targetSeconds, Math.round(segmenter.longestSeconds));
  const end = newestFragment(segmenter, track)?.endSeconds ?? 0;
  const partsFrom = lowLatency ? end - PARTS_KEPT * targetSeconds : Number.POSITIVE_INFINITY;
  const cut = segmenter.cutOf(first.number);
  const discontinuities = cut?.discontinuities ?? 0;
  return {
    container: endpoint.container,
    targetSeconds,
    kind: listed.kind,
    firstSequence: cut?.sequence ?? first.number,
    discontinuitySequence: cut?.discontinuity ? discontinuities - 1 : discontinuities,
    programDateTimeSeconds: manifest.programDateTimeSeconds,
    segments: marked(
      view,
      manifest,
      segments.flatMap((segment, index) => {
        const entry = playlistEntry(view, track, segment, partsFrom);
        const gaps = gapEntries(view, { track, entry, segment, before: segments[index - 1] });
        return [...gaps, entry];
      }),
    ),
    lowLatency: lowLatency
      ? {
          partTargetSeconds: partTarget(segmenter, targetSeconds),
          hintUri: partName(endpoint, track, channelEpoch(view), (newestFragment(segmenter, track)?.ordinal ?? -1) + 1),
          reports: reports(view, manifest, track),
        }
      : undefined,
  };
}

/** Returns the end of a track's LL-HLS playlist: the next media sequence number, and the next part, counted from 0. */
export function nextPart(segmenter: Segmenter, track: string): { readonly sequence: number; readonly part: number } {
  const last = segmenter.segments(track).at(-1);
  const sequence = segmenter.cutOf(last?.number ?? -1)?.sequence;
  if (!last || sequence === undefined) return { sequence: 0, part: 0 };
  const whole = last.number === segmenter.lastComplete(track);
  return whole ? { sequence: sequence + 1, part: 0 } : { sequence, part: last.fragments.length };
}

/** Selects the segments to list. One that also contains audio is listed when all of its tracks are complete. */
function playlistSegments(
  { endpoint, segmenter }: View,
  { listed, lowLatency, track }: { readonly listed: Listing; readonly lowLatency: boolean; readonly track: string },
): readonly TrackSegment[] {
  if (endpoint.container === 'CMAF' && lowLatency) return segmentsBetween(segmenter, track, listed);
  const whole = wholeSegments(segmenter, track, listed);
  if (endpoint.audioApart) return whole;
  const last = Math.min(...listedTracks(segmenter, listed.last).map((name) => segmenter.lastComplete(name) ?? -1));
  return whole.filter(({ number }) => number <= last);
}

/** @param partsFrom - time from which segments list their parts. */
function playlistEntry(view: View, track: string, segment: TrackSegment, partsFrom: number): PlaylistSegment {
  const { endpoint, segmenter, epochSeconds } = view;
  const { number, fragments } = segment;
  const format = fragments[0]?.format;
  const startSeconds = startOf(segmenter, segment);
  return {
    uri: segmentName(endpoint, track, number),
    initUri: format && endpoint.container === 'CMAF' ? initName(endpoint, track, format.id) : undefined,
    seconds: segmentSeconds(segmenter, segment),
    startMilliseconds: (epochSeconds + startSeconds) * 1000,
    discontinuity: segmenter.cutOf(number)?.discontinuity ?? false,
    gap: fragments.length === 0,
    complete: number <= (segmenter.lastComplete(track) ?? -1),
    parts: startSeconds >= partsFrom ? parts(view, track, segment) : [],
  };
}

/** A playlist entry, its segment, and the segment before it. */
interface Neighbours {
  readonly track: string;
  readonly entry: PlaylistSegment;
  readonly segment: TrackSegment;
  readonly before: TrackSegment | undefined;
}

/**
 * Builds the entries for a time in which no encoder sent anything. They add up to the hole, so that the playlist's
 * durations stay on the timeline of the media. Without them, players lose the live edge.
 */
function gapEntries(view: View, { track, entry, segment, before }: Neighbours): readonly PlaylistSegment[] {
  const { endpoint, segmenter, epochSeconds } = view;
  const cut = segmenter.cutOf(segment.number);
  if (!cut || !before || cut.gapEntries === 0) return [];
  const start = epochSeconds + startOf(segmenter, before) + segmentSeconds(segmenter, before);
  const seconds = Math.max(0, entry.startMilliseconds / 1000 - start) / cut.gapEntries;
  return Array.from({ length: cut.gapEntries }, (_, index) => ({
    ...entry,
    uri: gapName(endpoint, track, cut.sequence - cut.gapEntries + index),
    seconds,
    startMilliseconds: (start + index * seconds) * 1000,
    discontinuity: false,
    gap: true,
    complete: true,
    parts: [],
  }));
}

/** Adds the tags of ad breaks to the entries that they begin or end in. */
function marked(
  { epochSeconds, messages = [] }: View,
  { adMarkers: markers }: HlsManifest,
  entries: readonly PlaylistSegment[],
): readonly PlaylistSegment[] {
  if (markers === undefined || messages.length === 0) return entries;
  const breaks = adBreaks(messages);
  const starts = entries.map(({ startMilliseconds }) => startMilliseconds / 1000 - epochSeconds);
  return entries.map((entry, index) => {
    const startSeconds = starts[index] ?? 0;
    const endSeconds = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    return { ...entry, breakTags: breakTags({ breaks, markers, epochSeconds }, { startSeconds, endSeconds }) };
  });
}

function startOf(segmenter: Segmenter, { number, fragments }: TrackSegment): number {
  return fragments[0]?.startSeconds ?? segmenter.cutOf(number)?.startSeconds ?? 0;
}

function parts(view: View, track: string, { fragments }: TrackSegment): readonly PlaylistPart[] {
  return fragments.map((fragment) => ({
    uri: partName(view.endpoint, track, channelEpoch(view), fragment.ordinal),
    seconds: fragmentSeconds(fragment),
    independent: fragment.independent,
  }));
}

function partTarget(segmenter: Segmenter, targetSeconds: number): number {
  const first =
    (segmenter.cuts.at(-1)?.number ?? 0) - Math.ceil((PARTS_MEASURED * targetSeconds) / segmenter.targetSeconds);
  const recent = listedTracks(segmenter).flatMap((name) =>
    segmentsBetween(segmenter, name, { first, last: Number.POSITIVE_INFINITY }).flatMap(({ fragments }) => fragments),
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
      return [{ uri: childUri(view, manifest, name), lastSequence, lastPart: Math.max(0, last.fragments.length - 1) }];
    });
}
