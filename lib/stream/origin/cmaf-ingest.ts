import { Fn } from 'aws-cdk-lib';
import type { CfnChannel as CfnEncoder } from 'aws-cdk-lib/aws-medialive';
import type { CfnChannel } from 'aws-cdk-lib/aws-mediapackagev2';
import { streamTiming } from '../../channel/latency';
import type { LiveChannel } from '../../channel/live-channel';
import { packagerMarkers } from './ad-markers';
import { DESTINATION, segmentLength } from './media-package-output-group';
import type { EncodedTracks } from './origin';
import { packagerMetadata } from './timed-metadata';

/**
 * Returns the CMAF Ingest output group, with every track in an output of its own. MediaPackage lists tracks
 * alphabetically, so their names begin with a number.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/creating-cmafi-output-group.html
 * @see https://docs.aws.amazon.com/medialive/latest/ug/supported-formats-cmafi-output.html
 */
export function cmafIngestGroup(
  { renditions, audio, captions }: EncodedTracks,
  { latency, adMarkers, timedMetadata }: Pick<LiveChannel, 'latency' | 'adMarkers' | 'timedMetadata'>,
): CfnEncoder.OutputGroupProperty {
  const settings = (track: string, index: number): CfnEncoder.OutputSettingsProperty => ({
    cmafIngestOutputSettings: {
      nameModifier: `track_${String(index + 1).padStart(2, '0')}_${track.replaceAll('-', '_')}`,
    },
  });
  return {
    name: DESTINATION,
    outputGroupSettings: {
      cmafIngestGroupSettings: {
        destination: { destinationRefId: DESTINATION },
        ...segmentLength(streamTiming(latency).ingestSegmentSeconds),
        nielsenId3Behavior: 'NO_PASSTHROUGH',
        scte35Type: 'NONE',
        ...packagerMarkers(adMarkers),
        ...packagerMetadata(timedMetadata),
      },
    },
    outputs: [
      ...renditions.map((rendition, index) => ({
        outputName: rendition,
        videoDescriptionName: rendition,
        outputSettings: settings(rendition, index),
      })),
      ...audio.map(({ name }, index) => ({
        outputName: name,
        audioDescriptionNames: [name],
        outputSettings: settings(name, renditions.length + index),
      })),
      ...captions.map((name, index) => ({
        outputName: name,
        captionDescriptionNames: [name],
        outputSettings: settings(name, renditions.length + audio.length + index),
      })),
    ],
  };
}

/** Returns the ingest URLs of a packager's channel, one for each pipeline. Requests are signed with the encoder's role. */
export function ingestUrls(
  packager: CfnChannel,
  { redundancy }: Pick<LiveChannel, 'redundancy'>,
): CfnEncoder.OutputDestinationProperty {
  const pipelines = redundancy === 'two-pipelines' ? [0, 1] : [0];
  return {
    id: DESTINATION,
    settings: pipelines.map((pipeline) => ({ url: Fn.select(pipeline, packager.attrIngestEndpointUrls) })),
  };
}
