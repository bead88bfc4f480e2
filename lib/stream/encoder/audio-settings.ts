import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { type Audio, type AudioTrack, aacBitrate, audioTracks } from '../../channel/audio';
import type { EncodedSound } from '../origin/origin';

/** What the one sound of a channel is called, and what it is made of: whatever the input begins with. */
const ONLY = { name: 'audio', selector: 'default' } as const;

/** Groups of one codec: players that have no decoder for it choose the other group. */
const GROUPS = {
  aac: 'audio',
  'ac3-passthrough': 'audio-ac3',
  'eac3-passthrough': 'audio-eac3',
} as const satisfies Record<AudioTrack['codec'], string>;

/** What of the input's sound is taken: a selector for each track, or the first sound there is. */
export function audioSelectors(audio: Audio): CfnChannel.AudioSelectorProperty[] {
  const tracks = audioTracks(audio);
  if (tracks.length === 0) return [{ name: ONLY.selector }];
  return tracks.map((track, index) => ({ name: trackName(tracks, index), selectorSettings: selection(track) }));
}

/** What is made of it: AAC-LC at 48 kHz, or Dolby as it comes. */
export function audioDescriptions(audio: Audio): CfnChannel.AudioDescriptionProperty[] {
  const tracks = audioTracks(audio);
  if (Array.isArray(audio)) {
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
      name: ONLY.name,
      audioSelectorName: ONLY.selector,
      audioTypeControl: 'FOLLOW_INPUT',
      languageCodeControl: 'FOLLOW_INPUT',
      codecSettings: aac(aacBitrate(audio)),
    },
  ];
}

/** What the origin is told of it. */
export function encodedSounds(audio: Audio): readonly EncodedSound[] {
  const tracks = audioTracks(audio);
  if (tracks.length === 0) return [{ name: ONLY.name, group: GROUPS.aac }];
  return tracks.map(({ codec }, index) => ({ name: trackName(tracks, index), group: GROUPS[codec] }));
}

/** Sounds in groups, in the order of their first members. */
export function soundGroups(sounds: readonly EncodedSound[]): readonly string[] {
  return [...new Set(sounds.map(({ group }) => group))];
}

/** Whether players begin with this sound when they have chosen its group. */
export function isDefaultSound(sound: EncodedSound, sounds: readonly EncodedSound[]): boolean {
  return sounds.find(({ group }) => group === sound.group) === sound;
}

/** `audio-eng`; the second of a language is `audio-eng-2`. It is part of the names of files. */
function trackName(tracks: readonly AudioTrack[], index: number): string {
  const language = tracks[index]?.language;
  const nth = tracks.slice(0, index + 1).filter((track) => track.language === language).length;
  return `${ONLY.name}-${language}${nth > 1 ? `-${nth}` : ''}`;
}

/** A language is taken strictly: mute is better than the wrong one. */
function selection({ language, from = {} }: AudioTrack): CfnChannel.AudioSelectorSettingsProperty {
  if (from.pid !== undefined) return { audioPidSelection: { pid: from.pid } };
  if (from.track !== undefined) return { audioTrackSelection: { tracks: [{ track: from.track }] } };
  return {
    audioLanguageSelection: { languageCode: from.language ?? language, languageSelectionPolicy: 'STRICT' },
  };
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
