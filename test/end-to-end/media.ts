import { spawnSync } from 'node:child_process';
import { PATIENCE } from './patience';

/** A variant of a multivariant playlist. */
export interface Variant {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

/** A segment of a media playlist. */
export interface ListedSegment {
  readonly url: string;
  readonly seconds: number;
}

/** The parts of a media playlist that the tests read. A busy machine may have several encoder sessions; only the newest counts. */
export interface MediaPlaylist {
  readonly targetSeconds: number;
  readonly initUrl: string | undefined;
  readonly segments: readonly ListedSegment[];
}

/**
 * Fetches a string, once it is there: an origin has no manifest while a busy encoder sends nothing.
 *
 * @throws Error with the status when there is none after all.
 */
export async function text(url: string): Promise<string> {
  for (const end = Date.now() + PATIENCE; ; await new Promise((done) => setTimeout(done, 500))) {
    const answer = await fetch(url);
    if (answer.ok) return answer.text();
    if (answer.status !== 404 || Date.now() > end) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  }
}

/** Fetches a file. */
export async function bytes(url: string): Promise<Buffer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** The variants of a multivariant playlist (RFC 8216, 4.3.4.2). */
export function variants(playlist: string, url: string): readonly Variant[] {
  const lines = playlist.split('\n');
  return lines.flatMap((line, index) => {
    if (!line.startsWith('#EXT-X-STREAM-INF:')) return [];
    const [, width = '0', height = '0'] = /RESOLUTION=(\d+)x(\d+)/.exec(line) ?? [];
    const [, frameRate = '0'] = /FRAME-RATE=([\d.]+)/.exec(line) ?? [];
    return [
      {
        url: new URL(lines[index + 1] ?? '', url).href,
        width: Number(width),
        height: Number(height),
        frameRate: Number(frameRate),
      },
    ];
  });
}

/** Adds up the media of a playlist between two times, in seconds. Times are in milliseconds since 1970. */
export function secondsBetween(playlist: string, from: number, to: number): number {
  let at = Number.NaN;
  let seconds = 0;
  for (const [, tag, value = ''] of playlist.matchAll(/^#(EXT-X-PROGRAM-DATE-TIME|EXTINF):([^,\n]+)/gm)) {
    if (tag === 'EXTINF') {
      const until = at + 1000 * Number(value);
      seconds += Math.max(0, Math.min(until, to) - Math.max(at, from)) / 1000;
      at = until;
    } else {
      at = Date.parse(value);
    }
  }
  return seconds;
}

/** Reads a media playlist, from its last discontinuity or gap on. */
export function mediaPlaylist(playlist: string, url: string): MediaPlaylist {
  const all = playlist.split('\n');
  const seam = all.findLastIndex((line) => line === '#EXT-X-DISCONTINUITY' || line === '#EXT-X-GAP');
  // A gap is followed by the URI of the missing segment.
  const lines = all.slice(seam < 0 ? 0 : seam + (all[seam] === '#EXT-X-GAP' ? 2 : 1));
  const init = [...playlist.matchAll(/#EXT-X-MAP:URI="([^"]+)"/g)].at(-1)?.[1];
  return {
    targetSeconds: Number(/#EXT-X-TARGETDURATION:(\d+)/.exec(playlist)?.[1]),
    initUrl: init === undefined ? undefined : new URL(init, url).href,
    segments: lines.flatMap((line, index) => {
      const seconds = /^#EXTINF:([\d.]+)/.exec(line)?.[1];
      if (seconds === undefined) return [];
      const next = lines.slice(index + 1).find((after) => after !== '' && !after.startsWith('#'));
      return next === undefined ? [] : [{ url: new URL(next, url).href, seconds: Number(seconds) }];
    }),
  };
}

/** Fetches a media playlist once its newest encoder session has a few segments. */
export async function settledPlaylist(url: string): Promise<MediaPlaylist> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const found = mediaPlaylist(await text(url), url);
    if (found.segments.length > 3) return found;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`${url}: no encoder session lasted for four segments`);
}

/** A decoder's findings about the video of a file. */
export interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly frameRate: string;
  readonly frames: number;
  /** Times of the keyframes, in seconds. */
  readonly keyframes: readonly number[];
}

/** The kinds of tracks in a file, in alphabetical order: `audio`, `video`. */
export function trackKinds(file: Buffer): readonly string[] {
  const { streams } = JSON.parse(ffprobe(file, '-show_entries', 'stream=codec_type')) as {
    streams: readonly { codec_type: string }[];
  };
  return streams.map(({ codec_type }) => codec_type).sort();
}

function ffprobe(file: Buffer, ...questions: readonly string[]): string {
  const ffmpeg = process.env['FFMPEG_PATH'] || 'ffmpeg';
  const { stdout, stderr, status } = spawnSync(
    ffmpeg.replace(/ffmpeg$/, 'ffprobe'),
    ['-v', 'error', '-of', 'json', ...questions, '-'],
    { input: file, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0 || stderr !== '') throw new Error(`ffprobe: ${stderr}`);
  return stdout;
}

/** Decodes every video frame of a file with ffprobe. */
export function decode(file: Buffer): Decoded {
  const entries = 'stream=width,height,r_frame_rate,nb_read_frames:frame=key_frame,pts_time';
  const answer = ffprobe(file, '-select_streams', 'v:0', '-count_frames', '-show_entries', entries);
  const { streams, frames } = JSON.parse(answer) as {
    streams: readonly { width: number; height: number; r_frame_rate: string; nb_read_frames: string }[];
    frames: readonly { key_frame: number; pts_time: string }[];
  };
  const [stream] = streams;
  if (stream === undefined) throw new Error('ffprobe found no video');
  return {
    width: stream.width,
    height: stream.height,
    frameRate: stream.r_frame_rate,
    frames: Number(stream.nb_read_frames),
    keyframes: frames.filter(({ key_frame }) => key_frame === 1).map(({ pts_time }) => Number(pts_time)),
  };
}
