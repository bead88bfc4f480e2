/** A finished recording that MediaConvert makes files from. */
export interface ConvertedRecording {
  readonly channel: string;
  /** Start of the recording in UTC, as its folder is named: `20261128T190000Z`. */
  readonly id: string;
  readonly bucket: string;
  /**
   * Keys of the HLS playlists to read, one for each part of the recording, in the order of time. Each is one that
   * `conversionPlaylist` has written, or a multivariant playlist that lists such ones.
   */
  readonly playlists: readonly string[];
  /** Length in seconds, of all parts together. */
  readonly seconds: number;
  /** The best rendition: pixels across, and bits/s of its video. */
  readonly best: { readonly width: number; readonly bitrate: number };
}

/** The names of a recording: its channel, and its id. */
export type RecordingName = Pick<ConvertedRecording, 'channel' | 'id'>;

/** Keys of the files that are made from a recording. They hang on its name alone. */
export interface RecordingFiles {
  /** Folder of everything that viewers may read; ends in `/`. */
  readonly folder: string;
  readonly mp4: string;
  readonly poster: string;
  readonly storyboard: string;
  /** Folder of the pictures that MediaConvert writes; ends in `/`. */
  readonly pictures: string;
  /** Beginning of the keys of the pictures of the storyboard; MediaConvert adds `.0000000.jpg`. */
  readonly storyboardPictures: string;
  /** Beginning of the keys of the pictures that the poster is chosen from. */
  readonly posterPictures: string;
  /** The small video without which MediaConvert takes no pictures. */
  readonly preview: string;
}

/** Returns the keys of the files that are made from a recording. */
export function filesOf({ channel, id }: RecordingName): RecordingFiles {
  const folder = `vod/${channel}/${id}/`;
  const pictures = `${folder}pictures/`;
  return {
    folder,
    mp4: `${folder}recording.mp4`,
    poster: `${folder}poster.jpg`,
    storyboard: `${folder}storyboard.vtt`,
    pictures,
    storyboardPictures: `${pictures}storyboard`,
    posterPictures: `${pictures}poster`,
    preview: `${pictures}preview.mp4`,
  };
}
