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
  /** True when a manifest becomes an error while no new media arrives. @default false */
  readonly staleIsError?: boolean;
  /** Names of Microsoft Smooth Streaming manifests. The local run does not serve them. @default none */
  readonly smoothManifests?: readonly string[];
}

/** One HLS or LL-HLS manifest of an endpoint. */
export interface HlsManifest {
  readonly name: string;
  /** First part of the names of its media playlists. */
  readonly childName: string;
  readonly windowSeconds: number;
  /** Distance between EXT-X-PROGRAM-DATE-TIME tags; 0 for none. */
  readonly programDateTimeSeconds: number;
  readonly lowLatency: boolean;
}

/** One DASH manifest of an endpoint. */
export interface DashManifest {
  readonly name: string;
  readonly windowSeconds: number;
  readonly minUpdatePeriodSeconds: number;
  readonly minBufferTimeSeconds: number;
  readonly suggestedPresentationDelaySeconds: number;
  readonly utcTiming: UtcTiming | undefined;
}

/** The source from which a DASH player learns the time: the manifest itself, or a URL. */
export interface UtcTiming {
  readonly mode: 'UTC_DIRECT' | 'HTTP_HEAD' | 'HTTP_ISO' | 'HTTP_XSDATE';
  /** The URL, for the HTTP modes. */
  readonly source: string | undefined;
}

/** The sentence for Microsoft Smooth Streaming: in the log when an endpoint is created, and in its answers. */
export const NO_SMOOTH = 'the local run does not serve Microsoft Smooth Streaming';
