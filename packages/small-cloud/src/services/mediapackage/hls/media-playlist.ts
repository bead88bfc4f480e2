import type { Endpoint } from '../model/endpoint';

/** A media playlist: the segments of one track that a viewer may ask for. */
export interface MediaPlaylist {
  readonly container: Endpoint['container'];
  /** The longest segment that there is or will be, in whole seconds. */
  readonly targetSeconds: number;
  /** Media sequence number of the first segment listed. */
  readonly firstSequence: number;
  /** How many discontinuities there were before the first segment listed. */
  readonly discontinuitySequence: number;
  /** Distance of the EXT-X-PROGRAM-DATE-TIME tags, in seconds; 0 for none. */
  readonly programDateTimeSeconds: number;
  readonly segments: readonly PlaylistSegment[];
  readonly lowLatency: LowLatency | undefined;
}

/** One segment; the last of an LL-HLS playlist may still grow. */
export interface PlaylistSegment {
  readonly uri: string;
  /** Its init segment; undefined in MPEG-TS, and for a gap. */
  readonly initUri: string | undefined;
  readonly seconds: number;
  /** Wall clock of its first frame, in milliseconds since 1970. */
  readonly startMilliseconds: number;
  readonly discontinuity: boolean;
  /** The track has nothing for this time: players must not ask for it. */
  readonly gap: boolean;
  /** No part of it is missing any more. */
  readonly complete: boolean;
  readonly parts: readonly PlaylistPart[];
}

/** One part of a segment. */
export interface PlaylistPart {
  readonly uri: string;
  readonly seconds: number;
  readonly independent: boolean;
}

/** What LL-HLS adds to a playlist. */
export interface LowLatency {
  /** The longest part of any track, in seconds. */
  readonly partTargetSeconds: number;
  /** The part that comes next. */
  readonly hintUri: string;
  readonly reports: readonly RenditionReport[];
}

/** How far another track of the same manifest is. */
export interface RenditionReport {
  readonly uri: string;
  readonly lastSequence: number;
  readonly lastPart: number;
}

/**
 * Writes a media playlist.
 * @see RFC 8216bis, 4.4.3, 4.4.4 and 4.4.5
 */
export function mediaPlaylist(playlist: MediaPlaylist): string {
  const { lowLatency, segments } = playlist;
  return [
    '#EXTM3U',
    `#EXT-X-VERSION:${lowLatency ? 9 : playlist.container === 'TS' ? 4 : 7}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-TARGETDURATION:${playlist.targetSeconds}`,
    ...(lowLatency ? lowLatencyHeader(lowLatency) : []),
    `#EXT-X-MEDIA-SEQUENCE:${playlist.firstSequence}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${playlist.discontinuitySequence}`,
    ...segments.flatMap((segment, index) =>
      segmentLines(segment, segments[index - 1], playlist.programDateTimeSeconds),
    ),
    ...(lowLatency ? lowLatencyTrailer(lowLatency) : []),
    '',
  ].join('\n');
}

/** Three parts are the least hold-back that the RFC allows; they leave one for the network and one for the decoder. */
function lowLatencyHeader({ partTargetSeconds }: LowLatency): readonly string[] {
  const target = Math.ceil(partTargetSeconds * 1000) / 1000;
  return [
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${seconds(3 * target)}`,
    `#EXT-X-PART-INF:PART-TARGET=${seconds(target)}`,
  ];
}

function lowLatencyTrailer({ hintUri, reports }: LowLatency): readonly string[] {
  return [
    `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${hintUri}"`,
    ...reports.map(
      ({ uri, lastSequence, lastPart }) =>
        `#EXT-X-RENDITION-REPORT:URI="${uri}",LAST-MSN=${lastSequence},LAST-PART=${lastPart}`,
    ),
  ];
}

function segmentLines(
  segment: PlaylistSegment,
  before: PlaylistSegment | undefined,
  interval: number,
): readonly string[] {
  const initChanged = segment.initUri !== undefined && (segment.initUri !== before?.initUri || segment.discontinuity);
  return [
    ...(segment.discontinuity ? ['#EXT-X-DISCONTINUITY'] : []),
    ...(initChanged ? [`#EXT-X-MAP:URI="${segment.initUri}"`] : []),
    ...(dated(segment, before, interval)
      ? [`#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(segment.startMilliseconds)).toISOString()}`]
      : []),
    ...segment.parts.map(
      (part) =>
        `#EXT-X-PART:DURATION=${seconds(part.seconds)},URI="${part.uri}"${part.independent ? ',INDEPENDENT=YES' : ''}`,
    ),
    ...(segment.gap ? ['#EXT-X-GAP'] : []),
    ...(segment.complete ? [`#EXTINF:${seconds(segment.seconds)},`, segment.uri] : []),
  ];
}

/** How far apart segments that follow one another may be, in milliseconds: audio is cut at fragments, not at frames. */
const SEAM_MILLISECONDS = 40;

/**
 * A segment is dated when it is the first, when time jumps before it, and where the wall clock passes a multiple of the
 * interval, so that the same segment is dated in every playlist.
 */
function dated(segment: PlaylistSegment, before: PlaylistSegment | undefined, interval: number): boolean {
  if (interval === 0) return false;
  if (!before || segment.discontinuity) return true;
  const jump = segment.startMilliseconds - (before.startMilliseconds + before.seconds * 1000);
  const periods = [before, segment].map(({ startMilliseconds }) => Math.floor(startMilliseconds / 1000 / interval));
  return Math.abs(jump) > SEAM_MILLISECONDS || periods[0] !== periods[1];
}

/** Microseconds are enough for every frame rate, and trailing zeros say nothing. */
function seconds(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}
