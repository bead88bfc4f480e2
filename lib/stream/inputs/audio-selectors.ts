import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { type Audio, type AudioTrack, audioTracks } from '../../channel/audio';

/** Name of the selector that takes whatever audio the input begins with. */
export const ANY_AUDIO = 'default';

/** Returns the selectors of the input's audio: one for each track, or one for the first audio there is. */
export function audioSelectors(audio: Audio): CfnChannel.AudioSelectorProperty[] {
  const tracks = audioTracks(audio);
  if (tracks.length === 0) return [{ name: ANY_AUDIO }];
  return tracks.map((track, index) => ({ name: trackName(tracks, index), selectorSettings: selection(track) }));
}

/** Returns a track's name, which is part of file names: `audio-eng`; the second of a language is `audio-eng-2`. */
export function trackName(tracks: readonly AudioTrack[], index: number): string {
  const language = tracks[index]?.language;
  const nth = tracks.slice(0, index + 1).filter((track) => track.language === language).length;
  return `audio-${language}${nth > 1 ? `-${nth}` : ''}`;
}

/** Selects a track. A language is matched strictly, because silence is better than the wrong language. */
function selection({ language, from = {} }: AudioTrack): CfnChannel.AudioSelectorSettingsProperty {
  if (from.pid !== undefined) return { audioPidSelection: { pid: from.pid } };
  if (from.track !== undefined) return { audioTrackSelection: { tracks: [{ track: from.track }] } };
  return {
    audioLanguageSelection: { languageCode: from.language ?? language, languageSelectionPolicy: 'STRICT' },
  };
}
