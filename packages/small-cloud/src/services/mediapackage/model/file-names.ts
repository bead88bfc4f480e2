import type { Endpoint, HlsManifest } from './endpoint';

/** A media file in an endpoint's folder. */
export type EgressFile =
  | { readonly kind: 'init'; readonly track: string; readonly formatId: string }
  | { readonly kind: 'segment'; readonly track: string; readonly number: number }
  | { readonly kind: 'part'; readonly track: string; readonly epoch: number; readonly ordinal: number };

/** Returns the name of a track's media playlist. */
export function childPlaylistName(manifest: HlsManifest, track: string): string {
  return `${manifest.childName}_${track}.m3u8`;
}

/** Returns the name of an init segment. It contains the hash of the bytes, so that caches can keep it for ever. */
export function initName({ segmentName }: Endpoint, track: string, formatId: string): string {
  return `${segmentName}_${track}_init-${formatId}.mp4`;
}

/** Returns the name of a segment; `$Number$` for a DASH template. */
export function segmentName(endpoint: Endpoint, track: string, number: number | '$Number$'): string {
  return `${endpoint.segmentName}_${track}_${number}.${endpoint.container === 'TS' ? 'ts' : 'mp4'}`;
}

/**
 * Returns the name of a part. The name contains the part's position in the track, not in the segment.
 * EXT-X-PRELOAD-HINT announces the name before the part arrives, and only then is it known if the part begins a new
 * segment.
 *
 * @param epoch - the channel's first second, which differs each time that a channel of this name starts.
 */
export function partName({ segmentName: name }: Endpoint, track: string, epoch: number, ordinal: number): string {
  return `${name}_${track}_part-${epoch}-${ordinal}.mp4`;
}

/** Returns the name of a missing segment. An EXT-X-GAP entry must have a URI; players do not request it. */
export function gapName(endpoint: Endpoint, track: string, sequence: number): string {
  return `${endpoint.segmentName}_${track}_gap-${sequence}.${endpoint.container === 'TS' ? 'ts' : 'mp4'}`;
}

/** Parses a file name; undefined when it is not one of the endpoint's. */
export function egressFile(endpoint: Endpoint, name: string): EgressFile | undefined {
  const match = /^(.+)_(?:init-([0-9a-f]+)|(\d+)|part-(\d+)-(\d+))\.(mp4|ts)$/.exec(name);
  const [, prefix, formatId, number, epoch, ordinal, extension] = match ?? [];
  if (!prefix?.startsWith(`${endpoint.segmentName}_`)) return undefined;
  const track = prefix.slice(endpoint.segmentName.length + 1);
  if ((extension === 'ts') !== (endpoint.container === 'TS')) return undefined;
  if (number !== undefined) return { kind: 'segment', track, number: Number(number) };
  if (extension === 'ts') return undefined;
  if (formatId !== undefined) return { kind: 'init', track, formatId };
  return { kind: 'part', track, epoch: Number(epoch), ordinal: Number(ordinal) };
}
