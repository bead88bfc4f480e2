/** A place in S3. */
export interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** A timecode from zero, and the frame of its second. */
export interface Timecode {
  readonly seconds: number;
  readonly frame: number;
}

/** A part of an input: from one frame to another, both included. A side that is left out is the input's own. */
export interface Clip {
  readonly start: Timecode | undefined;
  readonly end: Timecode | undefined;
}

/** One file to read: an HLS playlist, or a video. */
export interface InputPlan extends Place {
  readonly clips: readonly Clip[];
}

/** An MP4 file to write. */
export interface FilePlan {
  readonly kind: 'file';
  /** Position of its output group. */
  readonly group: number;
  readonly place: Place;
  /** Undefined for a file without video. */
  readonly video: VideoPlan | undefined;
  readonly audio: AudioPlan | undefined;
}

/** The video of an output. */
export interface VideoPlan {
  /** Pixels; undefined for those of the input. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Highest bitrate in bits/s. */
  readonly bitrate: number;
}

/** Pictures to take: the first frame, and one more after each `denominator / numerator` seconds. */
export interface CapturePlan {
  readonly kind: 'captures';
  /** Position of its output group. */
  readonly group: number;
  /** Beginning of the keys; `.0000000.jpg` follows. */
  readonly place: Place;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly numerator: number;
  readonly denominator: number;
  /** Undefined for no limit. */
  readonly most: number | undefined;
  /** 1 to 100. */
  readonly quality: number;
}

/** A CMAF package to write: a multivariant playlist, and a playlist with segments for each rendition. */
export interface PackagePlan {
  readonly kind: 'package';
  /** Position of its output group. */
  readonly group: number;
  /** Beginning of the keys; `.m3u8` makes it the multivariant playlist. */
  readonly place: Place;
  /** Length of the segments in seconds. */
  readonly segmentSeconds: number;
  readonly renditions: readonly RenditionPlan[];
}

/** One rendition of a package: video or audio, in files of its own. */
export interface RenditionPlan {
  /** Ending of the names of its files. */
  readonly modifier: string;
  readonly video: (VideoPlan & { readonly frameRate: string | undefined }) | undefined;
  readonly audio: AudioPlan | undefined;
}

/** The audio of an output: AAC in two channels. */
export interface AudioPlan {
  /** Bits per second; undefined for MediaConvert's own choice. */
  readonly bitrate: number | undefined;
  /** Samples per second. */
  readonly sampleRate: number;
}

/** One output of a job. */
export type OutputPlan = FilePlan | CapturePlan | PackagePlan;

/** The settings of a job as far as they are modelled. */
export interface JobPlan {
  readonly inputs: readonly InputPlan[];
  readonly outputs: readonly OutputPlan[];
}
