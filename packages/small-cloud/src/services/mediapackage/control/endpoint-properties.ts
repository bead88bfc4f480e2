import { UnsupportedError } from '../../../contract';
import type { Declared } from '../../kit/declared';
import type { DashManifest, Endpoint, HlsManifest, UtcTiming } from '../model/endpoint';
import { manifestName, resourceName } from './resource-name';

/**
 * Limits and defaults of CreateOriginEndpoint: least, most, default.
 *
 * The API sets no limit to a manifest window. A manifest of more than 24 hours is refused as a time-shifted one is.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/APIReference/API_CreateOriginEndpoint.html
 */
const LIMITS = {
  segmentSeconds: [1, 30, 6],
  windowSeconds: [30, 86_400, 60],
  startoverSeconds: [60, 1_209_600, 900],
  programDateTimeSeconds: [1, 1_209_600, 1],
  minUpdatePeriodSeconds: [1, 3600, 2],
  minBufferTimeSeconds: [0, 3600, 5],
  suggestedPresentationDelaySeconds: [0, 3600, 10],
} as const;

const CONDITIONS: readonly string[] = ['STALE_MANIFEST', 'INCOMPLETE_MANIFEST', 'MISSING_DRM_KEY', 'SLATE_INPUT'];

/**
 * Reads the properties of an AWS::MediaPackageV2::OriginEndpoint, other than its three names and its description.
 *
 * @throws UnsupportedError with the name of a property that is not modelled: encryption, low-latency TS, filters …
 */
export function endpointProperties(properties: Declared, arn: string): Endpoint {
  const container = properties.oneOf('ContainerType', ['CMAF', 'TS', 'ISM'], 'CMAF');
  const startOverSeconds = properties.whole('StartoverWindowSeconds', ...LIMITS.startoverSeconds);
  const segment = properties.section('Segment');
  const marks = marksBreaks(segment);
  const endpoint: Endpoint = {
    arn,
    container,
    segmentSeconds: segment.whole('SegmentDurationSeconds', ...LIMITS.segmentSeconds),
    audioApart: container === 'CMAF' || segment.flag('TsUseAudioRenditionGroup'),
    segmentName: segment.value('SegmentName') === undefined ? 'segment' : resourceName(segment, 'SegmentName'),
    hlsManifests: [
      ...properties.list('HlsManifests').map((manifest) => hlsManifest(manifest, { lowLatency: false, marks })),
      ...properties
        .list('LowLatencyHlsManifests')
        .map((manifest) => hlsManifest(manifest, { lowLatency: true, marks })),
    ],
    dashManifests: properties.list('DashManifests').map((manifest) => dashManifest(manifest, marks)),
    staleIsError: errorConditions(properties).includes('STALE_MANIFEST'),
    smoothManifests: properties.list('MssManifests').map(smoothManifest),
    startOverSeconds: properties.value('StartoverWindowSeconds') === undefined ? undefined : startOverSeconds,
  };
  if (container === 'ISM' && segment.value('Scte') !== undefined) {
    throw new Error(
      `${segment.path}.Scte: ISM segments take no SCTE-35; leave it out, or choose ContainerType CMAF or TS`,
    );
  }
  segment.onlyEmpty('IncludeIframeOnlyStreams', 'TsIncludeDvbSubtitles');
  properties.end();
  check(endpoint, properties.path);
  return endpoint;
}

/**
 * Tells whether splice inserts mark breaks. `ScteFilter` names the messages that do; without it, those of ad breaks.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/APIReference/API_Scte.html
 */
function marksBreaks(segment: Declared): boolean {
  const scte = segment.maybePart('Scte');
  if (scte === undefined) return true;
  const filter = scte.texts('ScteFilter');
  return filter.length === 0 || filter.includes('SPLICE_INSERT');
}

interface HlsKind {
  readonly lowLatency: boolean;
  /** True where splice inserts mark breaks. */
  readonly marks: boolean;
}

function hlsManifest(properties: Declared, { lowLatency, marks }: HlsKind): HlsManifest {
  const name = manifestName(properties, 'ManifestName');
  const markers = properties.maybePart('ScteHls')?.oneOf('AdMarkerHls', ['DATERANGE', 'SCTE35_ENHANCED']);
  const manifest: HlsManifest = {
    name,
    childName:
      properties.value('ChildManifestName') === undefined ? name : manifestName(properties, 'ChildManifestName'),
    windowSeconds: properties.whole('ManifestWindowSeconds', ...LIMITS.windowSeconds),
    programDateTimeSeconds:
      properties.value('ProgramDateTimeIntervalSeconds') === undefined
        ? 0
        : properties.whole('ProgramDateTimeIntervalSeconds', ...LIMITS.programDateTimeSeconds),
    lowLatency,
    encodesChildren: properties.flag('UrlEncodeChildManifest'),
    adMarkers: marks ? markers : undefined,
  };
  if (markers === 'DATERANGE' && manifest.programDateTimeSeconds === 0) {
    throw new Error(
      `${properties.path}.ScteHls: DATERANGE was given without ProgramDateTimeIntervalSeconds; it needs 1 or more`,
    );
  }
  return manifest;
}

function dashManifest(properties: Declared, marks: boolean): DashManifest {
  const markers = properties.maybePart('ScteDash')?.oneOf('AdMarkerDash', ['BINARY', 'XML']);
  const manifest: DashManifest = {
    name: manifestName(properties, 'ManifestName'),
    windowSeconds: properties.whole('ManifestWindowSeconds', ...LIMITS.windowSeconds),
    minUpdatePeriodSeconds: properties.whole('MinUpdatePeriodSeconds', ...LIMITS.minUpdatePeriodSeconds),
    minBufferTimeSeconds: properties.whole('MinBufferTimeSeconds', ...LIMITS.minBufferTimeSeconds),
    suggestedPresentationDelaySeconds: properties.whole(
      'SuggestedPresentationDelaySeconds',
      ...LIMITS.suggestedPresentationDelaySeconds,
    ),
    utcTiming: utcTiming(properties.section('UtcTiming')),
    adMarkers: marks ? markers : undefined,
  };
  properties.oneOf('SegmentTemplateFormat', ['NUMBER_WITH_TIMELINE'], 'NUMBER_WITH_TIMELINE');
  checkPeriods(properties);
  return manifest;
}

/**
 * Refuses periods at breaks, which are not modelled. In the local run a period begins with each encoder process, whose
 * timestamps start anew.
 */
function checkPeriods(properties: Declared): void {
  const triggers = properties.texts('PeriodTriggers');
  if (triggers.includes('NONE') && triggers.length > 1) {
    throw new Error(
      `${properties.path}.PeriodTriggers: ${triggers.join(', ')} were given; NONE cannot be combined with others`,
    );
  }
  if (triggers.length > 0 && !triggers.includes('NONE')) {
    throw new UnsupportedError(
      `${properties.path}.PeriodTriggers: ${triggers.join(', ')} is not modelled; known: NONE`,
    );
  }
}

/**
 * Reads the error conditions. Only STALE_MANIFEST has an effect in the local run, which has no slate and no DRM keys;
 * its manifests mark gaps.
 */
function errorConditions(properties: Declared): readonly string[] {
  const section = properties.maybePart('ForceEndpointErrorConfiguration');
  const conditions = section?.texts('EndpointErrorConditions') ?? [];
  const unknown = conditions.find((condition) => !CONDITIONS.includes(condition));
  if (section && unknown !== undefined) throw section.unsupported('EndpointErrorConditions', `"${unknown}" is not`);
  return conditions;
}

function smoothManifest(properties: Declared): string {
  properties.whole('ManifestWindowSeconds', ...LIMITS.windowSeconds);
  properties.oneOf('ManifestLayout', ['FULL', 'COMPACT'], 'FULL');
  return manifestName(properties, 'ManifestName');
}

function utcTiming(properties: Declared): UtcTiming | undefined {
  const mode = properties.oneOf('TimingMode', ['NONE', 'UTC_DIRECT', 'HTTP_HEAD', 'HTTP_ISO', 'HTTP_XSDATE'], 'NONE');
  const source = properties.maybeText('TimingSource');
  if (mode === 'NONE') return undefined;
  if ((mode !== 'UTC_DIRECT') !== (source !== undefined)) {
    throw new Error(`${properties.path}: TimingSource is needed for the HTTP modes, and only for them`);
  }
  return { mode, source };
}

function check({ container, hlsManifests, dashManifests, smoothManifests = [] }: Endpoint, path: string): void {
  const others = hlsManifests.length + dashManifests.length;
  if (others + smoothManifests.length === 0) {
    throw new Error(`${path}: no manifest was given; an endpoint needs a manifest`);
  }
  if (container === 'ISM' ? others > 0 : smoothManifests.length > 0) {
    throw new Error(
      `${path}.ContainerType: ${container} was given; MssManifests need ISM, and ISM takes no other manifests`,
    );
  }
  if (container === 'TS' && dashManifests.length > 0) {
    throw new Error(`${path}.DashManifests: ContainerType TS was given; DASH needs ContainerType CMAF`);
  }
  if (container === 'TS' && hlsManifests.some(({ lowLatency }) => lowLatency)) {
    throw new UnsupportedError(
      `${path}.LowLatencyHlsManifests: ContainerType TS was given; the local MediaPackage packages LL-HLS in CMAF only`,
    );
  }
  const names = [...[...hlsManifests, ...dashManifests].map(({ name }) => name), ...smoothManifests];
  for (const same of [names, hlsManifests.map(({ childName }) => childName)]) {
    const twice = same.find((name, index) => same.indexOf(name) !== index);
    if (twice !== undefined) {
      throw new Error(
        `${path}: two manifests are called '${twice}'; each manifest of an endpoint needs a name of its own, whatever its format`,
      );
    }
  }
}
