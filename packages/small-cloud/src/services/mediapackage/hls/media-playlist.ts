import type { Endpoint } from '../model/endpoint';
import type { Listing } from '../model/view';

/** A media playlist: the segments of one track that a viewer may request. */
export interface MediaPlaylist {
  readonly container: Endpoint['container'];
  /** The longest segment, now or later, in whole seconds. */
  readonly targetSeconds: number;
  /** Tells if the playlist moves, grows, or is complete. */
  readonly kind: Listing['kind'];
  /** Media sequence number of the first segment listed. */
  readonly firstSequence: number;
  /** Number of discontinuities before the first segment listed. */
  readonly discontinuitySequence: number;
  /** Distance between EXT-X-PROGRAM-DATE-TIME tags, in seconds; 0 for none. */
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
  /** True when the track has no media for this time, so that players must not request it. */
  readonly gap: boolean;
  /** True when the segment grows no more. */
  readonly complete: boolean;
  readonly parts: readonly PlaylistPart[];
  /** Tags of ad breaks that begin or end in it. @default none */
  readonly breakTags?: readonly string[];
}

/** One part of a segment. */
export interface PlaylistPart {
  readonly uri: string;
  readonly seconds: number;
  readonly independent: boolean;
}

/** The LL-HLS part of a playlist. */
export interface LowLatency {
  /** The longest part of any track, in seconds. */
  readonly partTargetSeconds: number;
  /** URI of the next part. */
  readonly hintUri: string;
  readonly reports: readonly RenditionReport[];
}

/** Position of another track of the same manifest. */
export interface RenditionReport {
  readonly uri: string;
  readonly lastSequence: number;
  readonly lastPart: number;
}

/**
 * Formats a media playlist.
 *
 * @see RFC 8216bis, 4.4.3, 4.4.4 and 4.4.5
 */
export function renderMediaPlaylist(playlist: MediaPlaylist): string {
  const { lowLatency, segments, programDateTimeSeconds } = playlist;
  const lines = [
    '#EXTM3U',
    `#EXT-X-VERSION:${version(playlist)}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-TARGETDURATION:${playlist.targetSeconds}`,
  ];
  if (playlist.kind === 'event') lines.push('#EXT-X-PLAYLIST-TYPE:EVENT');
  if (playlist.kind === 'vod') lines.push('#EXT-X-PLAYLIST-TYPE:VOD');
  if (lowLatency) lines.push(...lowLatencyHeader(lowLatency));
  lines.push(`#EXT-X-MEDIA-SEQUENCE:${playlist.firstSequence}`);
  lines.push(`#EXT-X-DISCONTINUITY-SEQUENCE:${playlist.discontinuitySequence}`);
  for (const [index, segment] of segments.entries()) {
    lines.push(...segmentLines(segment, segments[index - 1], programDateTimeSeconds));
  }
  if (lowLatency) lines.push(...lowLatencyTrailer(lowLatency));
  if (playlist.kind === 'vod') lines.push('#EXT-X-ENDLIST');
  return [...lines, ''].join('\n');
}

/** Returns the version that the playlist's tags need: 4 for MPEG-TS, 7 for EXT-X-MAP, 9 for LL-HLS. */
function version({ lowLatency, container }: MediaPlaylist): number {
  if (lowLatency) return 9;
  return container === 'TS' ? 4 : 7;
}

/** Holds players back by three parts, the least that the RFC allows: one part for the network, one for the decoder. */
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
  const lines: string[] = [];
  if (segment.discontinuity) lines.push('#EXT-X-DISCONTINUITY');
  if (initChanged) lines.push(`#EXT-X-MAP:URI="${segment.initUri}"`);
  if (isDated(segment, before, interval)) {
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(segment.startMilliseconds)).toISOString()}`);
  }
  lines.push(...(segment.breakTags ?? []), ...segment.parts.map(partLine));
  if (segment.gap) lines.push('#EXT-X-GAP');
  if (segment.complete) lines.push(`#EXTINF:${seconds(segment.seconds)},`, segment.uri);
  return lines;
}

function partLine({ uri, seconds: length, independent }: PlaylistPart): string {
  return `#EXT-X-PART:DURATION=${seconds(length)},URI="${uri}"${independent ? ',INDEPENDENT=YES' : ''}`;
}

/** Largest distance of consecutive segments, in milliseconds. Audio is cut at fragments, not at frames. */
const SEAM_MILLISECONDS = 40;

/**
 * Returns true for a segment that gets a date: the first one, one after a jump in time, and one after a multiple of the
 * interval on the wall clock. The last rule dates the same segments in every playlist.
 */
function isDated(segment: PlaylistSegment, before: PlaylistSegment | undefined, interval: number): boolean {
  if (interval === 0) return false;
  if (!before || segment.discontinuity) return true;
  const jump = segment.startMilliseconds - (before.startMilliseconds + before.seconds * 1000);
  const periods = [before, segment].map(({ startMilliseconds }) => Math.floor(startMilliseconds / 1000 / interval));
  return Math.abs(jump) > SEAM_MILLISECONDS || periods[0] !== periods[1];
}

/** Rounds to microseconds, which are enough for every frame rate, without trailing zeros. */
function seconds(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}
