import type { StreamTiming } from '../../channel/latency';
import type { LiveChannel } from '../../channel/live-channel';
import type { OriginOf } from '../../channel/origin';
import { mediaPackage } from '../../channel/origins/media-package';
import type { Manifest, RewindManifests } from './origin';

/** A format of MediaPackage v2. */
export type V2Format = OriginOf<'media-package'>['formats'][number];

/**
 * Names of the manifests. MediaPackage refuses an endpoint with two manifests of one name (MANIFEST_NAME_COLLISION). Its
 * documentation does not say whether manifests of different formats may share a name.
 */
export const HLS = 'index';
export const LOW_LATENCY_HLS = 'low-latency';
export const DASH = 'dash';
export const MSS = 'index';
/** Names of the manifests that reach further back. */
export const REWIND_HLS = 'dvr';
export const REWIND_DASH = 'dvr-dash';

/** For each format: its endpoint, the end of its path there, and the edge's pattern for such paths. */
export const V2_FORMATS = {
  'll-hls': { endpoint: 'cmaf', file: `${LOW_LATENCY_HLS}.m3u8`, pattern: '/out/v1/*.m3u8' },
  hls: { endpoint: 'cmaf', file: `${HLS}.m3u8`, pattern: '/out/v1/*.m3u8' },
  dash: { endpoint: 'cmaf', file: `${DASH}.mpd`, pattern: '/out/v1/*.mpd' },
  'hls-ts': { endpoint: 'ts', file: `${HLS}.m3u8`, pattern: '/out/v1/*.m3u8' },
  mss: { endpoint: 'mss', file: `${MSS}.ism/Manifest`, pattern: '/out/v1/*.ism/Manifest' },
} as const satisfies Record<V2Format, { endpoint: string; file: string; pattern: string }>;

/** Returns the formats of a channel. Players accept HEVC only in CMAF. */
export function formatsOf({ formats }: Pick<OriginOf<'media-package'>, 'formats'>, hevc: boolean): readonly V2Format[] {
  return formats.filter((format) => !hevc || mediaPackage.hevcFormats.some((one) => one === format));
}

/** Returns the manifests of these formats below a channel's folder, the best for the demo player first. */
export function manifestsOf(
  formats: readonly V2Format[],
  folder: string,
  { playerTargetSeconds: target }: StreamTiming,
): readonly Manifest[] {
  return (Object.keys(V2_FORMATS) as V2Format[])
    .filter((format) => formats.includes(format))
    .map((format) => ({
      format,
      path: `${folder}/${V2_FORMATS[format].endpoint}/${V2_FORMATS[format].file}`,
      targetLatencySeconds: format === 'll-hls' ? target.parts : target.segments,
    }));
}

/** Returns the manifests that reach further back than those of {@link manifestsOf}; undefined without a rewind. */
export function rewindOf(
  formats: readonly V2Format[],
  folder: string,
  { rewind }: Pick<LiveChannel, 'rewind'>,
): RewindManifests | undefined {
  if (rewind === undefined) return undefined;
  const manifests: RewindManifests['manifests'][number][] = [];
  if (formats.includes('hls') || formats.includes('ll-hls')) {
    manifests.push({ format: 'hls', path: `${folder}/cmaf/${REWIND_HLS}.m3u8` });
  }
  if (formats.includes('dash')) manifests.push({ format: 'dash', path: `${folder}/cmaf/${REWIND_DASH}.mpd` });
  if (formats.includes('hls-ts')) manifests.push({ format: 'hls-ts', path: `${folder}/ts/${REWIND_HLS}.m3u8` });
  return { seconds: rewind * 60, manifests };
}
