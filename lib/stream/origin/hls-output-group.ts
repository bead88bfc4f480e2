import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { AdMarkers } from '../../channel/ad-markers';
import type { InputLoss } from '../../channel/input-loss';
import type { StreamTiming } from '../../channel/latency';
import { storedMarkers } from './ad-markers';
import { audioGroups, isDefaultAudio } from './audio-groups';
import type { EncodedAudio, EncodedTracks } from './origin';
import { storedMetadata } from './timed-metadata';

/** The store that an HLS output group writes to, and the channel's choices about it. */
export interface HlsTarget {
  /** Id of the channel's destination. */
  readonly destination: string;
  readonly pipelines: 1 | 2;
  /** The way in which files are put to the store. */
  readonly hlsCdnSettings: CfnChannel.HlsCdnSettingsProperty;
  readonly adMarkers: AdMarkers;
  readonly timedMetadata: boolean;
  readonly inputLoss: InputLoss;
}

/** Retries of a file that the store did not take, in seconds and tries. They are the same for every store. */
export const PUT_AGAIN = { connectionRetryInterval: 1, filecacheDuration: 300, numRetries: 10, restartDelay: 5 };

/** Base names of each pipeline's files. With redundant manifests the folder is the same and the names differ. */
export const BASE_NAMES = ['index', 'index-pipeline-1'] as const;

/** Returns the number of kept segments: those listed, as many again for players that loaded the playlist earlier, and one. */
const kept = (listed: number) => 2 * listed + 1;

/** Suffix of a segment's base name: its time. */
const SEGMENT_MODIFIER = '_$dt$';

/**
 * Returns live HLS in MPEG-TS for an origin that only stores files. MediaLive writes and removes the multivariant playlist,
 * the media playlists and the segments. Every rendition contains the audio: this plays everywhere and needs no output of
 * its own. Audio is an output of its own where there is no rendition, and where viewers choose among several.
 *
 * Segments are named after their time, so no name occurs twice, whatever is stopped and started. This matters because the
 * edge caches a segment for days.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-hlsgroupsettings.html
 * @see https://docs.aws.amazon.com/medialive/latest/ug/variable-data-identifiers.html
 */
export function hlsOutputGroup(
  tracks: EncodedTracks,
  { segmentSeconds, manifestWindowSeconds }: StreamTiming,
  { destination, pipelines, hlsCdnSettings, adMarkers, timedMetadata, inputLoss }: HlsTarget,
): CfnChannel.OutputGroupProperty {
  const markers = storedMarkers(adMarkers);
  const listed = Math.ceil(manifestWindowSeconds / segmentSeconds);
  return {
    name: destination,
    outputGroupSettings: {
      hlsGroupSettings: {
        destination: { destinationRefId: destination },
        ...markers.group,
        clientCache: 'ENABLED',
        codecSpecification: 'RFC_6381',
        directoryStructure: 'SINGLE_DIRECTORY',
        discontinuityTags: 'INSERT',
        hlsCdnSettings,
        hlsId3SegmentTagging: 'DISABLED',
        iFrameOnlyPlaylists: 'DISABLED',
        incompleteSegmentBehavior: 'AUTO',
        indexNSegments: listed,
        // By default the output pauses, like that of the MediaPackage output group.
        inputLossAction: inputLoss.afterwards === 'pause' ? 'PAUSE_OUTPUT' : 'EMIT_OUTPUT',
        keepSegments: kept(listed),
        manifestCompression: 'NONE',
        manifestDurationFormat: 'FLOATING_POINT',
        mode: 'LIVE',
        outputSelection: 'MANIFESTS_AND_SEGMENTS',
        programDateTime: 'INCLUDE',
        programDateTimeClock: 'SYSTEM_CLOCK',
        programDateTimePeriod: segmentSeconds,
        redundantManifest: pipelines === 2 ? 'ENABLED' : 'DISABLED',
        segmentationMode: 'USE_SEGMENT_DURATION',
        segmentLength: segmentSeconds,
        streamInfResolution: 'INCLUDE',
        tsFileMode: 'SEGMENTED_FILES',
      },
    },
    outputs: outputs(tracks, { ...markers.segments, ...storedMetadata(timedMetadata) }),
  };
}

/** Settings of the metadata in the segments of a rendition. */
type Metadata = Pick<CfnChannel.M3u8SettingsProperty, 'scte35Behavior' | 'timedMetadataBehavior'>;

function outputs({ renditions, audio, captions }: EncodedTracks, metadata: Metadata): CfnChannel.OutputProperty[] {
  return [...videoAndAudio(renditions, audio, metadata), ...captions.map(captionsAlone)];
}

function videoAndAudio(
  renditions: readonly string[],
  audio: readonly EncodedAudio[],
  metadata: Metadata,
): readonly CfnChannel.OutputProperty[] {
  if (renditions.length === 0) return audio.map((one) => audioAlone(one, 'AUDIO_ONLY_VARIANT_STREAM'));
  if (audio.length === 1) {
    return renditions.map((rendition) =>
      video(rendition, metadata, { audioDescriptionNames: audio.map(({ name }) => name) }),
    );
  }
  return [
    ...renditions.map((rendition) => video(rendition, metadata, { audioGroups: audioGroups(audio) })),
    ...audio.map((one) =>
      audioAlone(
        one,
        isDefaultAudio(one, audio) ? 'ALTERNATE_AUDIO_AUTO_SELECT_DEFAULT' : 'ALTERNATE_AUDIO_AUTO_SELECT',
      ),
    ),
  ];
}

/** The audio of a rendition: in its own segments, or in groups of other outputs. */
interface AudioOfRendition {
  readonly audioDescriptionNames?: string[];
  readonly audioGroups?: readonly string[];
}

function video(
  rendition: string,
  metadata: Metadata,
  { audioDescriptionNames, audioGroups: groups }: AudioOfRendition,
): CfnChannel.OutputProperty {
  return {
    outputName: rendition,
    videoDescriptionName: rendition,
    audioDescriptionNames,
    outputSettings: {
      hlsOutputSettings: {
        nameModifier: `_${rendition}`,
        segmentModifier: SEGMENT_MODIFIER,
        hlsSettings: {
          standardHlsSettings: {
            audioRenditionSets: groups?.join(','),
            m3U8Settings: { pcrControl: 'PCR_EVERY_PES_PACKET', ...metadata },
          },
        },
      },
    },
  };
}

/**
 * Returns an output with audio only: the audio of a channel without video, or one of several to choose from.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/audio-only-outputs-and-outputgroups.html
 * @see https://docs.aws.amazon.com/medialive/latest/ug/ARG-step-create-audio.html
 */
function audioAlone({ name, group }: EncodedAudio, audioTrackType: string): CfnChannel.OutputProperty {
  return {
    outputName: name,
    audioDescriptionNames: [name],
    outputSettings: {
      hlsOutputSettings: {
        nameModifier: `_${name}`,
        segmentModifier: SEGMENT_MODIFIER,
        hlsSettings: {
          audioOnlyHlsSettings: {
            audioGroupId: group,
            audioTrackType,
            segmentType: 'AAC',
          },
        },
      },
    },
  };
}

/** Returns an output with captions only: WebVTT files and their playlist. */
function captionsAlone(name: string): CfnChannel.OutputProperty {
  return {
    outputName: name,
    captionDescriptionNames: [name],
    outputSettings: {
      hlsOutputSettings: {
        nameModifier: `_${name}`,
        segmentModifier: SEGMENT_MODIFIER,
        hlsSettings: { standardHlsSettings: { m3U8Settings: {} } },
      },
    },
  };
}
