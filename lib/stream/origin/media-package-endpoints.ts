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

/** The ad markers of a channel's endpoints. */
type Markers = ReturnType<typeof endpointMarkers>;

/** Returns the formats of a channel. Players accept HEVC only in CMAF. */
export function formatsOf({ formats }: Pick<OriginOf<'media-package'>, 'formats'>, hevc: boolean): readonly V2Format[] {
  return formats.filter((format) => !hevc || mediaPackage.hevcFormats.some((one) => one === format));
}

/** Returns the endpoints that these formats need. None is without a manifest. Their durations are the channel's. */
export function endpointsOf(
  formats: readonly V2Format[],
  origin: Pick<OriginOf<'media-package'>, 'startOverSeconds' | 'forceEndpointErrors'>,
  { latency, adMarkers, audio }: Pick<LiveChannel, 'latency' | 'adMarkers' | 'audio'>,
): readonly Endpoint[] {
  const has = (...some: readonly V2Format[]) => some.some((format) => formats.includes(format));
  const timing = streamTiming(latency);
  const markers = endpointMarkers(adMarkers);
  const segment = { segmentDurationSeconds: timing.segmentSeconds, ...markers.segment };
  const settings = { segment, ...requestSettings(origin) };
  const endpoints: Endpoint[] = [];
  if (has('ll-hls', 'hls', 'dash')) {
    endpoints.push({
      originEndpointName: 'cmaf',
      containerType: 'CMAF',
      ...settings,
      ...cmafManifests(formats, timing, markers),
    });
  }
  if (has('hls-ts')) {
    const ts = { originEndpointName: 'ts', containerType: 'TS', ...settings };
    // Players would only play the first of several audio tracks in one segment.
    if (audioTracks(audio).length > 1) ts.segment = { ...segment, tsUseAudioRenditionGroup: true };
    endpoints.push({ ...ts, hlsManifests: [{ manifestName: HLS, ...hlsManifest(timing, markers) }] });
  }
  if (has('mss')) {
    endpoints.push({
      originEndpointName: 'mss',
      containerType: 'ISM',
      ...settings,
      // MediaPackage refuses SCTE-35 in ISM segments (ISM_CONTAINER_TYPE_WITH_SCTE).
      segment: { segmentDurationSeconds: timing.segmentSeconds },
      mssManifests: [{ manifestName: MSS, manifestWindowSeconds: timing.manifestWindowSeconds }],
    });
  }
  return endpoints;
}

/** Returns the settings by which every endpoint answers requests: the start-over window and the forced errors. */
function requestSettings({
  startOverSeconds,
  forceEndpointErrors,
}: Pick<OriginOf<'media-package'>, 'startOverSeconds' | 'forceEndpointErrors'>): Partial<Endpoint> {
  return {
    ...(startOverSeconds !== undefined && { startoverWindowSeconds: startOverSeconds }),
    ...(forceEndpointErrors.length > 0 && {
      forceEndpointErrorConfiguration: { endpointErrorConditions: forceEndpointErrors.map((name) => ERRORS[name]) },
    }),
  };
}

/** Returns the settings that every HLS manifest has. */
function hlsManifest({ manifestWindowSeconds, segmentSeconds }: StreamTiming, { hls }: Markers) {
  return {
    manifestWindowSeconds,
    programDateTimeIntervalSeconds: segmentSeconds,
    urlEncodeChildManifest: true,
    ...hls,
  };
}

/** Returns the manifests of the endpoint that serves CMAF segments. */
function cmafManifests(formats: readonly V2Format[], timing: StreamTiming, markers: Markers): Partial<Endpoint> {
  const { manifestWindowSeconds, segmentSeconds } = timing;
  const hls = hlsManifest(timing, markers);
  return {
    ...(formats.includes('hls') && { hlsManifests: [{ manifestName: HLS, ...hls }] }),
    ...(formats.includes('ll-hls') && {
      lowLatencyHlsManifests: [{ manifestName: LOW_LATENCY_HLS, ...hls, programDateTimeIntervalSeconds: 1 }],
    }),
    ...(formats.includes('dash') && {
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
