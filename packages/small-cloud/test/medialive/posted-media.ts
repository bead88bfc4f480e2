import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Posted } from './fakes';

/** Size, frame times and keyframes of posted media. */
export interface Probed {
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly times: readonly string[];
  readonly keyframes: readonly string[];
}

/** Decodes posted media with the ffmpeg of this machine, in files of a folder. */
export class PostedMedia {
  constructor(
    private readonly ffmpegPath: string,
    private readonly folder: string,
  ) {}

  /** Decodes posted media to its last frame. */
  probe(posted: Posted): Probed {
    const asked = ['-v', 'error', '-show_entries', 'stream=width,height:frame=pts_time,key_frame', '-of', 'json'];
    const text = execFileSync('ffprobe', [...asked, this.kept(posted)], { encoding: 'utf8', maxBuffer: 50_000_000 });
    const { frames, streams } = JSON.parse(text) as {
      readonly frames: readonly { readonly key_frame: number; readonly pts_time: string }[];
      readonly streams: readonly { readonly width?: number; readonly height?: number }[];
    };
    return {
      width: streams[0]?.width,
      height: streams[0]?.height,
      times: frames.map((frame) => frame.pts_time),
      keyframes: frames.filter((frame) => frame.key_frame === 1).map((frame) => frame.pts_time),
    };
  }

  /** Runs a filter over posted media, and returns the numbers that a pattern finds in its report. */
  filtered(posted: Posted, filter: readonly string[], found: RegExp): readonly number[] {
    const script = '"$0" -hide_banner -nostats -i "$@" -f null - 2>&1';
    const text = execFileSync('sh', ['-c', script, this.ffmpegPath, this.kept(posted), ...filter], {
      encoding: 'utf8',
    });
    return [...text.matchAll(found)].map((match) => Number(match[1]));
  }

  private kept({ track, bytes }: Posted): string {
    const file = join(this.folder, track);
    writeFileSync(file, bytes);
    return file;
  }
}

/** Returns the length of posted media by its fragments, each of which is half of a 1 s segment. */
export function seconds(posted: Posted): number {
  return boxes(posted).filter((type) => type === 'mdat').length / 2;
}

/** Lists the types of the outermost MP4 boxes. */
export function boxes({ bytes }: Posted): readonly string[] {
  const types: string[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += bytes.readUInt32BE(at)) {
    types.push(bytes.toString('latin1', at + 4, at + 8));
  }
  return types;
}

/** Returns true if there are more than ten times, each a step after the one before. */
export function steps(times: readonly string[], step: number): boolean {
  return times.length > 10 && times.every((time, index) => Math.abs(Number(time) - index * step) < 0.001);
}
