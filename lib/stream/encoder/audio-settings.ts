import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { type Audio, type AudioTrack, aacBitrate, audioTracks } from '../../channel/audio';
import { ANY_AUDIO, trackName } from '../inputs/audio-selectors';
import type { EncodedAudio } from '../origin/origin';

/** Name of the audio of a channel that has only one. */
const ONLY = 'audio';

/** Groups of one codec. A player without a decoder for it chooses another group. */
const GROUPS = {
  aac: 'audio',
  'ac3-passthrough': 'audio-ac3',
  'eac3-passthrough': 'audio-eac3',
} as const satisfies Record<AudioTrack['codec'], string>;

/** Returns the encodes of the audio: AAC-LC at 48 kHz, or Dolby passed through. */
export function audioDescriptions(audio: Audio): CfnChannel.AudioDescriptionProperty[] {
  if (Array.isArray(audio)) {
    const tracks = audioTracks(audio);
    return tracks.map((track, index) => ({
      name: trackName(tracks, index),
      audioSelectorName: trackName(tracks, index),
      audioTypeControl: 'FOLLOW_INPUT',
      languageCode: track.language,
      languageCodeControl: 'USE_CONFIGURED',
      streamName: track.name ?? track.language,
      codecSettings: track.codec === 'aac' ? aac(aacBitrate(track)) : { passThroughSettings: {} },
    }));
  }
  return [
    {
      name: ONLY,
      audioSelectorName: ANY_AUDIO,
      audioTypeControl: 'FOLLOW_INPUT',
      languageCodeControl: 'FOLLOW_INPUT',
      codecSettings: aac(aacBitrate(audio)),
    },
  ];
}

/** Returns the names and groups of these encodes, for the origin. */
export function encodedAudio(audio: Audio): readonly EncodedAudio[] {
  const tracks = audioTracks(audio);
  if (tracks.length === 0) return [{ name: ONLY, group: GROUPS.aac }];
  return tracks.map(({ codec }, index) => ({ name: trackName(tracks, index), group: GROUPS[codec] }));
}

function aac(bitrate: number): CfnChannel.AudioCodecSettingsProperty {
  return {
    aacSettings: {
      bitrate,
      codingMode: 'CODING_MODE_2_0',
      inputType: 'NORMAL',
      profile: 'LC',
      rateControlMode: 'CBR',
      rawFormat: 'NONE',
      sampleRate: 48_000,
      spec: 'MPEG4',
    },
  };
}
