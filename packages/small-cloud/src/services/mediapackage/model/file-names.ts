import type { Endpoint, HlsManifest } from './endpoint';

/** What a file of an endpoint's folder is. */
export type EgressFile =
  | { readonly kind: 'init'; readonly track: string; readonly formatId: string }
  | { readonly kind: 'segment'; readonly track: string; readonly number: number }
  | { readonly kind: 'part'; readonly track: string; readonly run: number; readonly ordinal: number };

/** Name of a track's media playlist. */
export function childPlaylistName(manifest: HlsManifest, track: string): string {
  return `${manifest.childName}_${track}.m3u8`;
}

/** Name of an init segment. It carries the hash of the bytes, so that a cache can keep it for ever. */
export function initName({ segmentName }: Endpoint, track: string, formatId: string): string {
  return `${segmentName}_${track}_init-${formatId}.mp4`;
}

/** Name of a segment; `$Number$` for a DASH template. */
export function segmentName(endpoint: Endpoint, track: string, number: number | '$Number$'): string {
  return `${endpoint.segmentName}_${track}_${number}.${endpoint.container === 'TS' ? 'ts' : 'mp4'}`;
}

/**
 * Name of a part. It is named by its position in the track, not in the segment: whether the part to come begins a new
 * segment is known only once it is there, and its name must be known before, for EXT-X-PRELOAD-HINT.
 * @param run - a number that no other life of the channel has.
 */
export function partName({ segmentName: name }: Endpoint, track: string, run: number, ordinal: number): string {
  return `${name}_${track}_part-${run}-${ordinal}.mp4`;
}

/** Name of a segment that is not there: an entry of EXT-X-GAP must have one, and nobody asks for it. */
export function gapName(endpoint: Endpoint, track: string, sequence: number): string {
  return `${endpoint.segmentName}_${track}_gap-${sequence}.${endpoint.container === 'TS' ? 'ts' : 'mp4'}`;
}

/** Reads a name again; undefined when it is none of an endpoint's. */
export function egressFile(endpoint: Endpoint, name: string): EgressFile | undefined {
  const match = /^(.+)_(?:init-([0-9a-f]+)|(\d+)|part-(\d+)-(\d+))\.(mp4|ts)$/.exec(name);
  const [, prefix, formatId, number, run, ordinal, extension] = match ?? [];
  if (!prefix?.startsWith(`${endpoint.segmentName}_`)) return undefined;
  const track = prefix.slice(endpoint.segmentName.length + 1);
  if ((extension === 'ts') !== (endpoint.container === 'TS')) return undefined;
  if (number !== undefined) return { kind: 'segment', track, number: Number(number) };
  if (extension === 'ts') return undefined;
  if (formatId !== undefined) return { kind: 'init', track, formatId };
  return { kind: 'part', track, run: Number(run), ordinal: Number(ordinal) };
}
