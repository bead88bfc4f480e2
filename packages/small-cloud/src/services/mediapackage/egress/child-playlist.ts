import { renderMediaPlaylist } from '../hls/media-playlist';
import { mediaPlaylistView, nextPart } from '../hls/media-playlist-view';
import type { Change } from '../model/change';
import type { HlsManifest } from '../model/endpoint';
import { childPlaylistName } from '../model/file-names';
import { listedTracks } from '../model/listed-media';
import { listing } from '../model/listing';
import type { View } from '../model/view';
import { type EgressAnswer, egressError } from './answer';
import { M3U8, manifestAnswer, manifestKey } from './manifest-answer';
import type { ManifestCache } from './manifest-cache';

/** Longest wait for a segment or a part, in target durations. */
const PATIENCE = 3;
/** Cache lifetime of an LL-HLS media playlist: the least that an edge can keep. */
const LOW_LATENCY_AGE_SECONDS = 1;

/** A request for a media playlist. */
export interface ChildRequest {
  readonly change: Change;
  readonly cache: ManifestCache;
  readonly name: string;
  readonly query: URLSearchParams;
}

/** A position in a playlist; without `part` the end of the segment. */
interface Position {
  readonly sequence: number;
  readonly part: number | undefined;
}

/**
 * Answers with the media playlist of a track; undefined for a name that no manifest lists. An LL-HLS request for the
 * next segment or part waits for it.
 *
 * @see RFC 8216bis, 6.2.5.2 (blocking playlist reload)
 */
export async function childPlaylist(
  view: View,
  { change, cache, name, query }: ChildRequest,
): Promise<EgressAnswer | undefined> {
  for (const manifest of view.endpoint.hlsManifests) {
    const prefix = `${manifest.childName}_`;
    const last = name.startsWith(prefix) ? listing(view, manifest.windowSeconds)?.last : undefined;
    if (last === undefined) continue;
    const track = listedTracks(view.segmenter, last).find((one) => childPlaylistName(manifest, one) === name);
    if (track === undefined) continue;
    const live = manifest.lowLatency && last === Number.POSITIVE_INFINITY;
    const answer = () => playlistAnswer(view, { manifest, live, cache }, track);
    const wanted = live ? wantedPosition(view, manifest, track, query) : undefined;
    if (wanted === undefined) return answer();
    if ('status' in wanted) return wanted;
    const { targetSeconds, longestSeconds } = view.segmenter;
    const patience = PATIENCE * Math.max(targetSeconds, Math.round(longestSeconds));
    const there = await change.until(() => reached(view, track, wanted) || undefined, patience);
    if (there) return answer();
    return egressError(503, `segment ${wanted.sequence} did not arrive within ${patience} s`);
  }
  return undefined;
}

/** A manifest; `live` is true while its playlists announce parts. */
interface ChildManifest {
  readonly manifest: HlsManifest;
  readonly live: boolean;
  readonly cache: ManifestCache;
}

function playlistAnswer(view: View, { manifest, live, cache }: ChildManifest, track: string): EgressAnswer | undefined {
  const parts = live || (view.shift?.delaySeconds ?? 0) > 0;
  const key = manifestKey(view, `${manifest.childName} ${track}`);
  const text = cache.get(view.segmenter, { key, parts }, () => {
    const model = mediaPlaylistView(view, manifest, track);
    return model && renderMediaPlaylist(model);
  });
  if (text === undefined) return undefined;
  const answer = manifestAnswer(view.endpoint, M3U8, text);
  return live ? { ...answer, maxAgeSeconds: LOW_LATENCY_AGE_SECONDS } : answer;
}

/** Reads `_HLS_msn` and `_HLS_part`; an error answer when they are invalid or too far ahead. */
function wantedPosition(
  { segmenter }: View,
  manifest: HlsManifest,
  track: string,
  query: URLSearchParams,
): Position | EgressAnswer | undefined {
  const [number, part] = [query.get('_HLS_msn'), query.get('_HLS_part')];
  if (number === null) {
    return part === null ? undefined : egressError(400, '_HLS_part was given alone; it needs _HLS_msn');
  }
  if (!/^\d+$/.test(number) || !/^\d*$/.test(part ?? '')) {
    return egressError(
      400,
      `${manifest.name}: _HLS_msn '${number}' and _HLS_part '${part}' were given; whole numbers are needed`,
    );
  }
  const wanted = { sequence: Number(number), part: part === null ? undefined : Number(part) };
  const next = nextPart(segmenter, track).sequence;
  if (wanted.sequence > next + 1) return egressError(400, `segment ${number} is too far ahead: the next is ${next}`);
  return wanted;
}

/**
 * Returns true once a position exists. By the RFC, a part past the end of its segment is the first part of the next
 * one, so it exists once the segment is complete.
 */
function reached({ segmenter }: View, track: string, { sequence, part }: Position): boolean {
  const next = nextPart(segmenter, track);
  return next.sequence > sequence || (next.sequence === sequence && part !== undefined && next.part > part);
}
