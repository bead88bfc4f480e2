import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { AdMarkers } from '../../channel/ad-markers';
import type { InputLoss } from '../../channel/input-loss';
import type { StreamTiming } from '../../channel/latency';
import { isDefaultSound, soundGroups } from '../encoder/audio-settings';
import { inputLossAction } from '../encoder/input-loss-settings';
import { storedMarkers } from './ad-markers';
import type { EncodedSound, EncodedTracks } from './origin';
import { storedMetadata } from './timed-metadata';

/** Where an HLS output group writes, and with how many encoders. */
export interface HlsTarget {
  /** Id of the channel's destination. */
  readonly destination: string;
  readonly pipelines: 1 | 2;
  /** How files are put to what takes them. */
  readonly hlsCdnSettings: CfnChannel.HlsCdnSettingsProperty;
  readonly adMarkers: AdMarkers;
  readonly timedMetadata: boolean;
  readonly inputLoss: InputLoss;
}

/** How often a file that was not taken is put again, whatever takes it, in seconds and tries. */
export const PUT_AGAIN = { connectionRetryInterval: 1, filecacheDuration: 300, numRetries: 10, restartDelay: 5 };

/** Base names of what each pipeline writes: with redundant manifests the folder is the same and the names differ. */
export const BASE_NAMES = ['index', 'index-pipeline-1'] as const;

/** Segments that stay after they have left the playlist, for players that loaded it before: as many again, and one. */
const kept = (listed: number) => 2 * listed + 1;

/** The time of a segment, after its base name. */
const SEGMENT_MODIFIER = '_$dt$';

/**
 * Live HLS in MPEG-TS for an origin that only stores: multivariant playlist, media playlists and segments, written and
 * removed by MediaLive. Every rendition carries the sound itself: that plays everywhere, costs no output of its own,
 * and a few kbit/s once for each viewer as before. Without a rendition, and where viewers choose among sounds, a sound
 * is an output of its own.
 *
 * Segments are named after their time, so no name comes twice, whatever is stopped and started: the edge keeps a
 * segment for days.
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
        // Paused as the MediaPackage output group does, where nothing else is said.
        inputLossAction: inputLossAction(inputLoss),
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

/** What the segments of a picture carry besides it. */
type Metadata = Pick<CfnChannel.M3u8SettingsProperty, 'scte35Behavior' | 'timedMetadataBehavior'>;

function outputs({ renditions, audio, captions }: EncodedTracks, metadata: Metadata): CfnChannel.OutputProperty[] {
  return [...pictureAndSound(renditions, audio, metadata), ...captions.map(captionsAlone)];
}

function pictureAndSound(
  renditions: readonly string[],
  audio: readonly EncodedSound[],
  metadata: Metadata,
): readonly CfnChannel.OutputProperty[] {
  if (renditions.length === 0) return audio.map((sound) => soundAlone(sound, 'AUDIO_ONLY_VARIANT_STREAM'));
  if (audio.length === 1) return renditions.map((rendition) => picture(rendition, metadata, { sounds: audio }));
  return [
    ...renditions.map((rendition) => picture(rendition, metadata, { groups: soundGroups(audio) })),
    ...audio.map((sound) =>
      soundAlone(
        sound,
        isDefaultSound(sound, audio) ? 'ALTERNATE_AUDIO_AUTO_SELECT_DEFAULT' : 'ALTERNATE_AUDIO_AUTO_SELECT',
      ),
    ),
  ];
}

/** A rendition that carries the sound itself, or names the groups of sounds that go with it. */
function picture(
  rendition: string,
  metadata: Metadata,
  { sounds, groups }: { readonly sounds?: readonly EncodedSound[]; readonly groups?: readonly string[] },
): CfnChannel.OutputProperty {
  return {
    outputName: rendition,
    videoDescriptionName: rendition,
    ...(sounds === undefined ? {} : { audioDescriptionNames: sounds.map(({ name }) => name) }),
    outputSettings: {
      hlsOutputSettings: {
        nameModifier: `_${rendition}`,
        segmentModifier: SEGMENT_MODIFIER,
        hlsSettings: {
          standardHlsSettings: {
            ...(groups === undefined ? {} : { audioRenditionSets: groups.join(',') }),
            m3U8Settings: { pcrControl: 'PCR_EVERY_PES_PACKET', ...metadata },
          },
        },
      },
    },
  };
}

/**
 * A sound in an output of its own: the one of a channel without picture, or one of several to choose from.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/audio-only-outputs-and-outputgroups.html
 * @see https://docs.aws.amazon.com/medialive/latest/ug/ARG-step-create-audio.html
 */
function soundAlone({ name, group }: EncodedSound, audioTrackType: string): CfnChannel.OutputProperty {
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

/** Captions in an output of their own: WebVTT files and a playlist of them. */
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
