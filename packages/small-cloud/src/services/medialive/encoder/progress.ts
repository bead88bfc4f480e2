/** One report of `ffmpeg -progress`. */
export interface Progress {
  /** Frames encoded of the first video track. */
  readonly frame: number;
  /** Media encoded since the process began, in seconds. */
  readonly mediaSeconds: number;
}

/** Assembles reports from the output of `-progress`, in pieces of any length. */
export class ProgressReader {
  private rest = '';

  /** Returns the reports that this piece completes. */
  read(text: string): readonly Progress[] {
    const blocks = (this.rest + text).split(/^progress=\w+\n/m);
    this.rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const values = new Map(block.split('\n').map((line) => splitAt(line, '=')));
      const frame = Number(values.get('frame') ?? 0);
      const mediaSeconds = Number(values.get('out_time_us')) / 1e6;
      return Number.isFinite(mediaSeconds) ? [{ frame, mediaSeconds: Math.max(0, mediaSeconds) }] : [];
    });
  }
}

function splitAt(line: string, separator: string): readonly [string, string] {
  const index = line.indexOf(separator);
  return [line.slice(0, index).trim(), line.slice(index + 1).trim()];
}
