import { join } from 'node:path';

/** The renditions of a clip, as the Output `AdsLadder` has them. */
export interface Ladder {
  readonly framesPerSecond: number;
  readonly renditions: readonly { readonly width: number; readonly height: number; readonly bitrate: number }[];
}

/** A clip to make. */
export interface ClipPlan {
  readonly file: string;
  readonly ladder: Ladder;
  /** True for a file without audio, which gets silence: a player cannot go on without its audio. */
  readonly silent: boolean;
  readonly folder: string;
}

/** Length of a segment, in seconds. */
const SEGMENT_SECONDS = 2;

/** Returns the arguments of ffprobe that print a line for a file with audio. */
export function hasAudioArguments(file: string): readonly string[] {
  return ['-v', 'error', '-select_streams', 'a:0', '-show_entries', 'stream=index', '-of', 'csv=p=0', file];
}

/** Returns the arguments of ffmpeg that make a clip: HLS in CMAF, its audio apart, as the packager's own. */
export function clipArguments({ file, ladder, silent, folder }: ClipPlan): readonly string[] {
  const { renditions, framesPerSecond } = ladder;
  const silence = ['-f', 'lavfi', '-i', 'anullsrc=channel_layout=stereo:sample_rate=48000'];
  const sizes = renditions.map(({ width, height }, index) => scaled(width, height, index));
  const split = `[0:v:0]fps=${framesPerSecond},split=${renditions.length}${renditions.map((_, index) => `[in${index}]`).join('')}`;
  const video = renditions.flatMap(({ bitrate }, index) => [
    ...['-map', `[out${index}]`],
    ...[
      `-b:v:${index}`,
      String(bitrate),
      `-maxrate:v:${index}`,
      String(bitrate),
      `-bufsize:v:${index}`,
      String(bitrate),
    ],
  ]);
  return [
    ...['-v', 'error', '-nostdin', '-y', '-i', file, ...(silent ? silence : [])],
    ...['-filter_complex', [split, ...sizes].join(';'), ...video],
    ...['-map', silent ? '1:a:0' : '0:a:0', ...(silent ? ['-shortest'] : [])],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'main', '-pix_fmt', 'yuv420p'],
    // Keyframes where segments begin, in all renditions alike.
    ...['-force_key_frames', `expr:gte(t,n_forced*${SEGMENT_SECONDS})`, '-sc_threshold', '0', '-bf', '0'],
    ...['-c:a', 'aac', '-b:a', '96000', '-ar', '48000', '-ac', '2'],
    ...['-f', 'hls', '-hls_time', String(SEGMENT_SECONDS), '-hls_playlist_type', 'vod'],
    ...['-hls_segment_type', 'fmp4', '-hls_flags', 'independent_segments'],
    ...['-hls_fmp4_init_filename', 'init-%v.mp4', '-master_pl_name', 'index.m3u8'],
    ...['-var_stream_map', streams(renditions.length), '-hls_segment_filename', join(folder, 's%v-%03d.m4s')],
    join(folder, '%v.m3u8'),
  ];
}

function scaled(width: number, height: number, index: number): string {
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease`;
  return `[in${index}]${fit},pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2,setsar=1[out${index}]`;
}

function streams(count: number): string {
  const videos = Array.from({ length: count }, (_, index) => `v:${index},agroup:audio,name:v${index}`);
  return [...videos, 'a:0,agroup:audio,default:yes,name:audio'].join(' ');
}
