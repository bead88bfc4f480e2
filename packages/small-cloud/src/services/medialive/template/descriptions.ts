import type { AudioTrack, Track, VideoTrack } from '../contract/plan';

/** Description of a track without its name, which is that of its output. */
export type Unnamed<T extends Track> = Omit<T, 'name'>;
/** Descriptions by their names. */
export type Descriptions<T> = ReadonlyMap<string, T>;

/** The video and audio descriptions of a channel. */
export interface Described {
  readonly videos: Descriptions<Unnamed<VideoTrack>>;
  readonly audios: Descriptions<Unnamed<AudioTrack>>;
}
