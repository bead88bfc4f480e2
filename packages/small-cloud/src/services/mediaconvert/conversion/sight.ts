/** The first video and the first audio of an input, and its length, as ffmpeg names them. */
export interface Sight {
  readonly video: SeenVideo | undefined;
  readonly hasAudio: boolean;
  /** Length of the input in seconds; undefined where ffmpeg does not tell it. */
  readonly seconds: number | undefined;
}

/** A video: its codec, its pixels and its frames per second. */
export interface SeenVideo {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

/** Reads the description of an input that ffmpeg prints. */
export function sightOf(printed: string): Sight {
  const line = /^ *Stream #0:\d+.*: Video: .*$/m.exec(printed)?.[0] ?? '';
  const [, codec] = /: Video: (\w+)/.exec(line) ?? [];
  const [, width, height] = /, (\d{2,5})x(\d{2,5})/.exec(line) ?? [];
  const [, rate = '25'] = /, ([\d.]+) (?:fps|tbr)/.exec(line) ?? [];
  const seen = codec !== undefined && width !== undefined && height !== undefined;
  const [, hours, minutes, seconds] = /^ *Duration: (\d+):(\d\d):(\d\d\.\d+)/m.exec(printed) ?? [];
  return {
    seconds: hours === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
    video: seen ? { codec, width: Number(width), height: Number(height), frameRate: Number(rate) } : undefined,
    hasAudio: /^ *Stream #0:\d+.*: Audio: /m.test(printed),
  };
}

/** Computes the pixels of an output: MediaConvert keeps the proportions where one side is left out. */
export function scaledSize(
  input: Pick<SeenVideo, 'width' | 'height'>,
  { width, height }: { readonly width: number | undefined; readonly height: number | undefined },
): Pick<SeenVideo, 'width' | 'height'> {
  const even = (pixels: number) => 2 * Math.round(pixels / 2);
  if (width === undefined && height === undefined) return { width: input.width, height: input.height };
  return {
    width: width ?? even(((height ?? 0) * input.width) / input.height),
    height: height ?? even(((width ?? 0) * input.height) / input.width),
  };
}
