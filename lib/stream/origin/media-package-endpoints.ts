import type { CfnOriginEndpointProps } from 'aws-cdk-lib/aws-mediapackagev2';
import { audioTracks } from '../../channel/audio';
import { type StreamTiming, streamTiming } from '../../channel/latency';
import type { LiveChannel } from '../../channel/live-channel';
import type { OriginOf } from '../../channel/origin';
import { mediaPackage } from '../../channel/origins/media-package';
import { endpointMarkers } from './ad-markers';
import type { Manifest } from './origin';

type V2Format = OriginOf<'media-package'>['formats'][number];

/**
 * Names of the manifests. MediaPackage refuses an endpoint with two manifests of one name (MANIFEST_NAME_COLLISION). Its
 * documentation does not say whether manifests of different formats may share a name.
 */
const HLS = 'index';
const LOW_LATENCY_HLS = 'low-latency';
const DASH = 'dash';
const MSS = 'index';

/** For each format: its endpoint, the end of its path there, and the edge's pattern for such paths. */
export const V2_FORMATS = {
  'll-hls': { endpoint: 'cmaf', file: `${LOW_LATENCY_HLS}.m3u8`, pattern: '/out/v1/*.m3u8' },
  hls: { endpoint: 'cmaf', file: `${HLS}.m3u8`, pattern: '/out/v1/*.m3u8' },
  dash: { endpoint: 'cmaf', file: `${DASH}.mpd`, pattern: '/out/v1/*.mpd' },
  'hls-ts': { endpoint: 'ts', file: `${HLS}.m3u8`, pattern: '/out/v1/*.m3u8' },
  mss: { endpoint: 'mss', file: `${MSS}.ism/Manifest`, pattern: '/out/v1/*.ism/Manifest' },
} as const satisfies Record<V2Format, { endpoint: string; file: string; pattern: string }>;

/** MediaPackage's names of the conditions on which an endpoint answers with an error. */
const ERRORS = {
  'stale-manifest': 'STALE_MANIFEST',
  'incomplete-manifest': 'INCOMPLETE_MANIFEST',
  'missing-drm-key': 'MISSING_DRM_KEY',
  'slate-input': 'SLATE_INPUT',
} as const satisfies Record<OriginOf<'media-package'>['forceEndpointErrors'][number], string>;

/** An endpoint of a channel, without the names that place it. */
export type Endpoint = Omit<CfnOriginEndpointProps, 'channelGroupName' | 'channelName'>;

/** Returns the formats of a channel. Players accept HEVC only in CMAF. */
export function formatsOf({ formats }: Pick<OriginOf<'media-package'>, 'formats'>, hevc: boolean): readonly V2Format[] {
  return formats.filter((format) => !hevc || mediaPackage.hevcFormats.some((one) => one === format));
}

/** Returns the endpoints that these formats need. None is without a manifest. Their durations are the channel's. */
export function endpointsOf(
  formats: readonly V2Format[],
  {
    startOverSeconds,
    forceEndpointErrors,
  }: Pick<OriginOf<'media-package'>, 'startOverSeconds' | 'forceEndpointErrors'>,
  { latency, adMarkers, audio }: Pick<LiveChannel, 'latency' | 'adMarkers' | 'audio'>,
): readonly Endpoint[] {
  const has = (...some: readonly V2Format[]) => some.some((format) => formats.includes(format));
  const timing = streamTiming(latency);
  const { manifestWindowSeconds, segmentSeconds } = timing;
  const markers = endpointMarkers(adMarkers);
  const segment = { segmentDurationSeconds: segmentSeconds, ...markers.segment };
  const all = {
    segment,
    ...(startOverSeconds !== undefined && { startoverWindowSeconds: startOverSeconds }),
    ...(forceEndpointErrors.length > 0 && {
      forceEndpointErrorConfiguration: { endpointErrorConditions: forceEndpointErrors.map((name) => ERRORS[name]) },
    }),
  };
  const hls = {
    manifestWindowSeconds,
    programDateTimeIntervalSeconds: segmentSeconds,
    urlEncodeChildManifest: true,
    ...markers.hls,
  };
  const cmaf: Endpoint = {
    originEndpointName: 'cmaf',
    containerType: 'CMAF',
    ...all,
    ...(has('hls') && { hlsManifests: [{ manifestName: HLS, ...hls }] }),
    ...(has('ll-hls') && {
      lowLatencyHlsManifests: [{ manifestName: LOW_LATENCY_HLS, ...hls, programDateTimeIntervalSeconds: 1 }],
    }),
    ...(has('dash') && {
      dashManifests: [
        {
          manifestName: DASH,
          manifestWindowSeconds,
          minBufferTimeSeconds: segmentSeconds,
          minUpdatePeriodSeconds: segmentSeconds,
          segmentTemplateFormat: 'NUMBER_WITH_TIMELINE',
          suggestedPresentationDelaySeconds: timing.playerTargetSeconds.segments,
          utcTiming: { timingMode: 'UTC_DIRECT' },
          ...markers.dash,
        },
      ],
    }),
  };
  const ts: Endpoint = {
    originEndpointName: 'ts',
    containerType: 'TS',
    ...all,
    // Players would only play the first of several audio tracks in one segment.
    ...(audioTracks(audio).length > 1 && { segment: { ...segment, tsUseAudioRenditionGroup: true } }),
    hlsManifests: [{ manifestName: HLS, ...hls }],
  };
  const mss: Endpoint = {
    originEndpointName: 'mss',
    containerType: 'ISM',
    ...all,
    // MediaPackage refuses SCTE-35 in ISM segments (ISM_CONTAINER_TYPE_WITH_SCTE).
    segment: { segmentDurationSeconds: segmentSeconds },
    mssManifests: [{ manifestName: MSS, manifestWindowSeconds }],
  };
  return [
    ...(has('ll-hls', 'hls', 'dash') ? [cmaf] : []),
    ...(has('hls-ts') ? [ts] : []),
    ...(has('mss') ? [mss] : []),
  ];
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
