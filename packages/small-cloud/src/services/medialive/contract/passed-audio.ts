import type { AudioTrack, EncoderPlan } from '../template/encoder-plan';
import type { Settings } from '../template/settings';
import { ServiceError } from './service-error';

/** Which sound of an input a track is made of. */
export type SoundChoice =
  | { readonly by: 'language'; readonly code: string }
  | { readonly by: 'track'; readonly number: number }
  | { readonly by: 'pid'; readonly pid: number };

/** An audio selector of an input attachment; without a choice it takes the first sound. */
export interface AudioSelector {
  readonly name: string;
  readonly choice: SoundChoice | undefined;
}

/** Reads `AudioSelectors`. @throws ServiceError for two selectors of one name. */
export function audioSelectors(inputSettings: Settings): readonly AudioSelector[] {
  const selectors = inputSettings.list('AudioSelectors').map((selector) => ({
    name: selector.text('Name'),
    choice: selector.has('SelectorSettings') ? choice(selector.section('SelectorSettings')) : undefined,
  }));
  const twice = selectors.find(({ name }, index) => selectors.findIndex((other) => other.name === name) < index);
  if (twice === undefined) return selectors;
  throw new ServiceError(
    'UnprocessableEntityException',
    `${inputSettings.at('AudioSelectors')}: two selectors are named ${twice.name}; names must be unique`,
  );
}

function choice(settings: Settings): SoundChoice | undefined {
  if (settings.has('AudioPidSelection')) {
    return { by: 'pid', pid: settings.section('AudioPidSelection').number('Pid') };
  }
  if (settings.has('AudioTrackSelection')) {
    return { by: 'track', number: settings.section('AudioTrackSelection').one('Tracks').number('Track') };
  }
  if (!settings.has('AudioLanguageSelection')) return undefined;
  return { by: 'language', code: settings.section('AudioLanguageSelection').text('LanguageCode') };
}

/** All sounds that are encoded. */
export function soundsOf({ hls, tracks }: Pick<EncoderPlan, 'hls' | 'tracks'>): readonly AudioTrack[] {
  return hls?.outputs.flatMap(({ audio }) => audio ?? []) ?? tracks.filter((track) => track.kind === 'audio');
}

type Chosen = readonly Partial<Pick<AudioTrack, 'source' | 'channels'>>[];

/** What of an input the ingest passes on. */
export interface PassedOn {
  /** Channels of the PCM that each sound becomes. */
  readonly channels: 2 | 6;
  /** Arguments of ffmpeg that choose tracks; empty for the first picture and the first sound. */
  readonly tracks: readonly string[];
}

/** The first picture and the first sound, in two channels. */
export const FIRST_OF_EACH: PassedOn = { channels: 2, tracks: [] };

/**
 * Chooses what of an input the ingest passes on. Packet ids are lost on the way, so sounds that are chosen by theirs
 * come first, without their language, so that nobody who asks for that gets them.
 */
export function passedOn(tracks: Chosen): PassedOn {
  const channels = tracks.some((track) => track.channels === 6) ? 6 : 2;
  if (tracks.every(({ source }) => source === undefined)) return { channels, tracks: [] };
  return {
    channels,
    tracks: [
      ...['-map', '0:V:0'],
      ...pids(tracks).flatMap((pid, index) => ['-map', `0:i:${pid}`, `-metadata:s:a:${index}`, 'language=']),
      ...['-map', '0:a?'],
    ],
  };
}

/** Where the encoder finds the sound of a track in what the ingest passes on: a stream specifier of ffmpeg. */
export function streamOf(source: SoundChoice | undefined, tracks: Chosen): string {
  switch (source?.by) {
    case undefined:
      return 'a';
    case 'language':
      return `a:m:language:${source.code}`;
    case 'track':
      return `a:${pids(tracks).length + source.number - 1}`;
    case 'pid':
      return `a:${pids(tracks).indexOf(source.pid)}`;
  }
}

function pids(tracks: Chosen): readonly number[] {
  return [...new Set(tracks.flatMap(({ source }) => (source?.by === 'pid' ? [source.pid] : [])))];
}
