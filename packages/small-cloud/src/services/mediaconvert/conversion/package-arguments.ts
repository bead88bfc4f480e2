import { basename } from 'node:path/posix';
import type { PackagePlan, RenditionPlan } from '../settings/job-plan';
import { type SeenVideo, scaledSize } from './sight';

/** Bits per second of audio, where the job leaves the choice to MediaConvert. */
const AUDIO_BITRATE = 96_000;

/**
 * Writes the part of the command line that makes a CMAF package, with the names that MediaConvert gives its files.
 *
 * @param folder - folder of this package alone.
 */
export function packageArguments(plan: PackagePlan, input: SeenVideo, folder: string): readonly string[] {
  const { place, segmentSeconds, renditions } = plan;
  const videos = renditions.filter(({ video }) => video !== undefined);
  const audio = renditions.find((one) => one.audio !== undefined);
  const name = basename(place.key);
  return [
    ...videos.flatMap((one, index) => videoArguments(one, index, input)),
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-profile:v', 'main', '-pix_fmt', 'yuv420p'],
    // Keyframes where segments begin, in all renditions alike.
    ...['-force_key_frames', `expr:gte(t,n_forced*${segmentSeconds})`, '-sc_threshold', '0', '-bf', '0'],
    ...audioArguments(audio),
    ...['-f', 'hls', '-hls_time', String(segmentSeconds), '-hls_playlist_type', 'vod', '-start_number', '1'],
    ...['-hls_segment_type', 'fmp4', '-hls_flags', 'independent_segments'],
    ...['-hls_fmp4_init_filename', `${name}%vinit.cmfv`, '-master_pl_name', `${name}.m3u8`],
    ...['-var_stream_map', streams(videos, audio)],
    ...['-hls_segment_filename', `${folder}/${name}%v_%09d.cmfv`, `${folder}/${name}%v.m3u8`],
  ];
}

function videoArguments({ video }: RenditionPlan, index: number, input: SeenVideo): readonly string[] {
  if (video === undefined) return [];
  const { width, height } = scaledSize(input, video);
  const rate = String(video.bitrate);
  const filters = [
    ...(video.frameRate === undefined ? [] : [`fps=${video.frameRate}`]),
    `scale=${width}:${height}:force_original_aspect_ratio=decrease`,
    `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2`,
    'setsar=1',
  ];
  return [
    ...['-map', '0:v:0', `-filter:v:${index}`, filters.join(',')],
    ...[`-maxrate:v:${index}`, rate, `-bufsize:v:${index}`, rate, `-b:v:${index}`, rate],
  ];
}

function audioArguments(rendition: RenditionPlan | undefined): readonly string[] {
  if (rendition?.audio === undefined) return [];
  const { bitrate = AUDIO_BITRATE, sampleRate } = rendition.audio;
  return ['-map', '0:a:0', '-c:a', 'aac', '-ac', '2', '-ar', String(sampleRate), '-b:a', String(bitrate)];
}

function streams(videos: readonly RenditionPlan[], audio: RenditionPlan | undefined): string {
  const group = audio === undefined ? '' : ',agroup:program_audio_0';
  const each = videos.map(({ modifier }, index) => `v:${index}${group},name:${modifier}`);
  return [...each, ...(audio === undefined ? [] : [`a:0${group},default:yes,name:${audio.modifier}`])].join(' ');
}
