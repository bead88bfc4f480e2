import type { AudioChoice, AudioTrack } from './plan';

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
export function audioSpecifier(source: AudioChoice | undefined, tracks: Chosen): string {
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
