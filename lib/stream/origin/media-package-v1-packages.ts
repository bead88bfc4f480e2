import type { CfnOriginEndpointProps } from 'aws-cdk-lib/aws-mediapackage';
import type { StreamTiming } from '../../channel/latency';
import type { OriginOf } from '../../channel/origin';
import type { V1Markers } from './ad-markers';
import type { ManifestFormat } from './origin';

/** A format of MediaPackage v1. */
export type V1Format = OriginOf<'media-package-v1'>['formats'][number];

/** Name of every manifest, without its ending. */
export const MANIFEST = 'index';
/** Id of the live HLS manifest of a CMAF endpoint. It is a folder of its URL. */
export const CMAF_MANIFEST = 'hls';
/** Name of the manifests that reach further back, and id of that of a CMAF endpoint. */
export const REWIND_MANIFEST = 'dvr';

/** For each format: the kind of manifest, the end of its path, and the edge's pattern for such paths. */
export const V1_FORMATS = {
  hls: { manifest: 'hls-ts', file: `${MANIFEST}.m3u8`, pattern: '/out/v1/*.m3u8' },
  dash: { manifest: 'dash', file: `${MANIFEST}.mpd`, pattern: '/out/v1/*.mpd' },
  cmaf: { manifest: 'hls', file: `${MANIFEST}.m3u8`, pattern: '/out/v1/*.m3u8' },
  mss: { manifest: 'mss', file: `${MANIFEST}.ism/Manifest`, pattern: '/out/v1/*.ism/Manifest' },
} as const satisfies Record<V1Format, { manifest: ManifestFormat; file: string; pattern: string }>;

type Packages = Pick<CfnOriginEndpointProps, 'hlsPackage' | 'dashPackage' | 'cmafPackage' | 'mssPackage'>;

/** The settings of a package that are not durations of the channel. */
interface PackageSettings {
  /** Puts the audio into segments of its own, so that viewers can choose among several. */
  readonly audioApart: boolean;
  readonly markers: V1Markers;
  /** Length of the manifest. @default that of the channel's live manifests */
  readonly windowSeconds?: number | undefined;
  /** Length of a second manifest of a CMAF endpoint; other endpoints have one manifest. @default there is none */
  readonly rewindSeconds?: number | undefined;
}

/**
 * Returns the package of an endpoint. Its durations are those of the channel.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-mediapackage-originendpoint.html
 */
export function packageOf(
  format: V1Format,
  timing: StreamTiming,
  { audioApart, markers, windowSeconds, rewindSeconds }: PackageSettings,
): Packages {
  const { segmentSeconds } = timing;
  const manifestWindowSeconds = windowSeconds ?? timing.manifestWindowSeconds;
  const hls = {
    ...markers.hls,
    includeIframeOnlyStream: false,
    playlistType: 'NONE',
    playlistWindowSeconds: manifestWindowSeconds,
    programDateTimeIntervalSeconds: segmentSeconds,
  };
  switch (format) {
    case 'hls':
      return { hlsPackage: { ...hls, segmentDurationSeconds: segmentSeconds, useAudioRenditionGroup: audioApart } };
    case 'cmaf':
      return {
        cmafPackage: {
          hlsManifests: [
            { ...hls, id: CMAF_MANIFEST, manifestName: MANIFEST },
            ...(rewindSeconds === undefined
              ? []
              : [{ ...hls, id: REWIND_MANIFEST, manifestName: REWIND_MANIFEST, playlistWindowSeconds: rewindSeconds }]),
          ],
          segmentDurationSeconds: segmentSeconds,
        },
      };
    case 'dash':
      return {
        dashPackage: {
          manifestLayout: 'FULL',
          manifestWindowSeconds,
          minBufferTimeSeconds: segmentSeconds,
          minUpdatePeriodSeconds: segmentSeconds,
          profile: 'NONE',
          segmentDurationSeconds: segmentSeconds,
          segmentTemplateFormat: 'NUMBER_WITH_TIMELINE',
          suggestedPresentationDelaySeconds: timing.playerTargetSeconds.segments,
          utcTiming: 'NONE',
          ...markers.dash,
        },
      };
    case 'mss':
      return { mssPackage: { manifestWindowSeconds, segmentDurationSeconds: segmentSeconds } };
  }
}
