import type { AudioChoice, AudioTrack } from './plan';

type Chosen = readonly Partial<Pick<AudioTrack, 'source' | 'channels'>>[];

/** Part of an input that the ingest passes on. */
export interface PassedOn {
  /** Channels of the PCM that each audio stream becomes. */
  readonly channels: 2 | 6;
  /** Arguments of ffmpeg that choose tracks; empty for the first video and the first audio stream. */
  readonly tracks: readonly string[];
}

/** The first video and the first audio stream, in two channels. */
export const FIRST_OF_EACH: PassedOn = { channels: 2, tracks: [] };

/**
 * Chooses the part of an input that the ingest passes on. Packet ids are lost on the way. So audio that is chosen by
 * its packet id comes first, without its language, so that no choice by language finds it.
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

/** Returns the stream specifier of ffmpeg by which the encoder finds the audio of a track in the ingest's stream. */
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
