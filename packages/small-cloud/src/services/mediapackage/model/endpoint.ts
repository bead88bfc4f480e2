/** An origin endpoint as its resource declares it. All durations are seconds. */
export interface Endpoint {
  readonly arn: string;
  readonly container: 'CMAF' | 'TS' | 'ISM';
  /** Requested duration of a segment; rounded up to whole GOPs. */
  readonly segmentSeconds: number;
  /** True when audio has segments of its own. CMAF always separates it. */
  readonly audioApart: boolean;
  /** First part of the names of segments. */
  readonly segmentName: string;
  readonly hlsManifests: readonly HlsManifest[];
  readonly dashManifests: readonly DashManifest[];
  /** Media that viewers can go back to, in seconds; undefined for none. */
  readonly startOverSeconds?: number | undefined;
  /** True when a manifest becomes an error while no new media arrives. @default false */
  readonly staleIsError?: boolean;
  /** Names of Microsoft Smooth Streaming manifests. The local run does not serve them. @default none */
  readonly smoothManifests?: readonly string[];
}

/** `AdMarkerHls`. */
export type HlsMarkers = 'DATERANGE' | 'SCTE35_ENHANCED';
/** `AdMarkerDash`. */
export type DashMarkers = 'BINARY' | 'XML';

/** One HLS or LL-HLS manifest of an endpoint. */
export interface HlsManifest {
  readonly name: string;
  /** First part of the names of its media playlists. */
  readonly childName: string;
  readonly windowSeconds: number;
  /** Distance between EXT-X-PROGRAM-DATE-TIME tags; 0 for none. */
  readonly programDateTimeSeconds: number;
  readonly lowLatency: boolean;
  /** How its playlists mark ad breaks. @default not at all */
  readonly adMarkers?: HlsMarkers | undefined;
  /** True when settings are percent-encoded in the URLs of its media playlists. @default false */
  readonly encodesChildren?: boolean;
}

/** One DASH manifest of an endpoint. */
export interface DashManifest {
  readonly name: string;
  readonly windowSeconds: number;
  readonly minUpdatePeriodSeconds: number;
  readonly minBufferTimeSeconds: number;
  readonly suggestedPresentationDelaySeconds: number;
  readonly utcTiming: UtcTiming | undefined;
  /** How it marks ad breaks. @default not at all */
  readonly adMarkers?: DashMarkers | undefined;
}

/** The source from which a DASH player learns the time: the manifest itself, or a URL. */
export interface UtcTiming {
  readonly mode: 'UTC_DIRECT' | 'HTTP_HEAD' | 'HTTP_ISO' | 'HTTP_XSDATE';
  /** The URL, for the HTTP modes. */
  readonly source: string | undefined;
}

/** Lists the windows of an endpoint whose media must be kept, in seconds. */
export function keptWindows({ hlsManifests, dashManifests, startOverSeconds = 0 }: Endpoint): readonly number[] {
  return [...[...hlsManifests, ...dashManifests].map(({ windowSeconds }) => windowSeconds), startOverSeconds];
}

/** Says for which manifests the account needs a higher quota, or the endpoint a longer start-over window. */
export function longWindows(endpoint: Endpoint, quotaSeconds: number): readonly string[] {
  const { hlsManifests, dashManifests, startOverSeconds } = endpoint;
  return [...hlsManifests, ...dashManifests].flatMap(({ name, windowSeconds }) => {
    if (windowSeconds <= quotaSeconds) return [];
    const short = startOverSeconds === undefined || startOverSeconds < windowSeconds;
    const advice = short ? '; set StartoverWindowSeconds to as much, because AWS may keep no more' : '';
    return [
      `manifest '${name}' lists ${windowSeconds} s, and the quota Maximum live manifest length is ${quotaSeconds} s by default: raise it on AWS${advice}`,
    ];
  });
}

/** The sentence for Microsoft Smooth Streaming: in the log when an endpoint is created, and in its answers. */
export const NO_SMOOTH = 'the local run does not serve Microsoft Smooth Streaming';
