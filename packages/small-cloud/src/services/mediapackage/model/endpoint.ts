/** An origin endpoint as its resource declares it. All durations are seconds. */
export interface Endpoint {
  readonly arn: string;
  readonly container: 'CMAF' | 'TS' | 'ISM';
  /** Wished duration of a segment; rounded up to whole GOPs. */
  readonly segmentSeconds: number;
  /** Whether sound has segments of its own, which it always has in CMAF. */
  readonly soundApart: boolean;
  /** First part of the names of segments. */
  readonly segmentName: string;
  readonly hlsManifests: readonly HlsManifest[];
  readonly dashManifests: readonly DashManifest[];
  /** Whether manifests are an error while nothing new comes. @default false */
  readonly staleIsError?: boolean;
  /** Names of Microsoft Smooth Streaming manifests, which the local run does not serve. @default none */
  readonly smoothManifests?: readonly string[];
}

/** One HLS or LL-HLS manifest of an endpoint. */
export interface HlsManifest {
  readonly name: string;
  /** First part of the names of its media playlists. */
  readonly childName: string;
  readonly windowSeconds: number;
  /** Distance of the EXT-X-PROGRAM-DATE-TIME tags; 0 for none. */
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

/** How a DASH player learns the time: from the manifest itself, or from a URL. */
export interface UtcTiming {
  readonly mode: 'UTC_DIRECT' | 'HTTP_HEAD' | 'HTTP_ISO' | 'HTTP_XSDATE';
  /** The URL, for the HTTP modes. */
  readonly source: string | undefined;
}
