import type { CfnOriginEndpointProps } from 'aws-cdk-lib/aws-mediapackagev2';
import { audioTracks } from '../../channel/audio';
import { type StreamTiming, streamTiming } from '../../channel/latency';
import type { OriginOf } from '../../channel/origin';
import { endpointMarkers } from './ad-markers';
import { DASH, HLS, LOW_LATENCY_HLS, MSS, REWIND_DASH, REWIND_HLS, type V2Format } from './media-package-formats';
import {
  type EndpointChannel,
  type EndpointOptions,
  harvestTargets,
  RECORDING,
  RECORDING_TS,
  startOverSeconds,
} from './media-package-recording';

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

/** Returns the endpoints that these formats need. None is without a manifest. Their durations are the channel's. */
export function endpointsOf(
  formats: readonly V2Format[],
  origin: EndpointOptions,
  channel: EndpointChannel,
): readonly Endpoint[] {
  const has = (...some: readonly V2Format[]) => some.some((format) => formats.includes(format));
  const timing = streamTiming(channel.latency);
  const markers = endpointMarkers(channel.adMarkers);
  const segment = { segmentDurationSeconds: timing.segmentSeconds, ...markers.segment };
  const settings = { segment, ...requestSettings(origin, channel) };
  const rewindSeconds = channel.rewind === undefined ? undefined : channel.rewind * 60;
  const endpoints: Endpoint[] = [];
  if (has('ll-hls', 'hls', 'dash')) {
    endpoints.push({
      originEndpointName: 'cmaf',
      containerType: 'CMAF',
      ...settings,
      ...cmafManifests(formats, { timing, markers, rewindSeconds }),
    });
  }
  if (has('hls-ts')) {
    const ts = { originEndpointName: 'ts', containerType: 'TS', ...settings };
    // Players would only play the first of several audio tracks in one segment.
    if (audioTracks(channel.audio).length > 1) ts.segment = { ...segment, tsUseAudioRenditionGroup: true };
    const hls = hlsManifest(timing, markers);
    endpoints.push({
      ...ts,
      hlsManifests: [{ manifestName: HLS, ...hls }, ...farther(REWIND_HLS, hls, rewindSeconds)],
    });
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
  const own = channel.recording === undefined ? [] : harvestTargets(formats, origin, channel);
  for (const { endpoint } of own.filter(({ endpoint: name }) => name === RECORDING || name === RECORDING_TS)) {
    const isTs = endpoint === RECORDING_TS;
    endpoints.push({
      originEndpointName: endpoint,
      containerType: isTs ? 'TS' : 'CMAF',
      ...settings,
      // A channel that has stopped is harvested all the same.
      forceEndpointErrorConfiguration: undefined,
      ...cmafManifests(isTs ? ['hls'] : ['hls', 'dash'], { timing, markers, rewindSeconds: undefined }),
    });
  }
  return endpoints;
}

/** Returns the settings by which every endpoint answers requests: the start-over window and the forced errors. */
function requestSettings(origin: EndpointOptions, channel: EndpointChannel): Partial<Endpoint> {
  const { forceEndpointErrors } = origin;
  const window = startOverSeconds(origin, channel);
  return {
    ...(window !== undefined && { startoverWindowSeconds: window }),
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

/** Returns a manifest like another one that reaches further back, under a name of its own; none without a rewind. */
function farther<T extends object>(manifestName: string, manifest: T, seconds: number | undefined) {
  return seconds === undefined ? [] : [{ ...manifest, manifestName, manifestWindowSeconds: seconds }];
}

/** The settings of the manifests of an endpoint. */
interface ManifestSettings {
  readonly timing: StreamTiming;
  readonly markers: Markers;
  readonly rewindSeconds: number | undefined;
}

/** Returns the HLS and DASH manifests of an endpoint. */
function cmafManifests(
  formats: readonly V2Format[],
  { timing, markers, rewindSeconds }: ManifestSettings,
): Partial<Endpoint> {
  const hls = hlsManifest(timing, markers);
  const far = formats.includes('hls') || formats.includes('ll-hls') ? farther(REWIND_HLS, hls, rewindSeconds) : [];
  const hlsManifests = [...(formats.includes('hls') ? [{ manifestName: HLS, ...hls }] : []), ...far];
  const dash = dashManifest(timing, markers);
  return {
    ...(hlsManifests.length > 0 && { hlsManifests }),
    ...(formats.includes('ll-hls') && {
      lowLatencyHlsManifests: [{ manifestName: LOW_LATENCY_HLS, ...hls, programDateTimeIntervalSeconds: 1 }],
    }),
    ...(formats.includes('dash') && {
      dashManifests: [{ manifestName: DASH, ...dash }, ...farther(REWIND_DASH, dash, rewindSeconds)],
    }),
  };
}

/** Returns the settings that every DASH manifest has. */
function dashManifest({ manifestWindowSeconds, segmentSeconds, playerTargetSeconds }: StreamTiming, { dash }: Markers) {
  return {
    manifestWindowSeconds,
    minBufferTimeSeconds: segmentSeconds,
    minUpdatePeriodSeconds: segmentSeconds,
    segmentTemplateFormat: 'NUMBER_WITH_TIMELINE',
    suggestedPresentationDelaySeconds: playerTargetSeconds.segments,
    utcTiming: { timingMode: 'UTC_DIRECT' },
    ...dash,
  };
}
