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

/** One HLS playlist to read. */
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
  readonly hasAudio: boolean;
}

/** The video of a file. */
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

/** One output of a job. */
export type OutputPlan = FilePlan | CapturePlan;

/** The settings of a job as far as they are modelled. */
export interface JobPlan {
  readonly inputs: readonly InputPlan[];
  readonly outputs: readonly OutputPlan[];
}
