import type { CfnChannel as CfnEncoder } from 'aws-cdk-lib/aws-medialive';
import { streamTiming } from '../channel/latency';
import type { LiveChannel } from '../channel/live-channel';
import { packagerMarkers } from './ad-markers';
import type { EncodedTracks } from './origin';
import { packagerMetadata } from './timed-metadata';
import { trackOutputs } from './track-outputs';

/** Id of the destination that the output group writes to. */
export const DESTINATION = 'packager';

/** The MediaPackage output group: every track in an output of its own. */
export function mediaPackageGroup(
  tracks: EncodedTracks,
  { latency, adMarkers, timedMetadata }: Pick<LiveChannel, 'latency' | 'adMarkers' | 'timedMetadata'>,
): CfnEncoder.OutputGroupProperty {
  const { ingestSegmentSeconds } = streamTiming(latency);
  const inSeconds = Number.isInteger(ingestSegmentSeconds);
  return {
    name: DESTINATION,
    outputGroupSettings: {
      mediaPackageGroupSettings: {
        destination: { destinationRefId: DESTINATION },
        mediapackageV2GroupSettings: {
          segmentLength: inSeconds ? ingestSegmentSeconds : Math.round(ingestSegmentSeconds * 1000),
          segmentLengthUnits: inSeconds ? 'SECONDS' : 'MILLISECONDS',
          ...packagerMarkers(adMarkers),
          ...packagerMetadata(timedMetadata),
        },
      },
    },
    outputs: trackOutputs(tracks),
  };
}
