import { join } from 'node:path';
import type { Ffmpeg } from '../../../host/ffmpeg';
import type { CapturePlan, Clip, FilePlan, OutputPlan } from '../settings/job-plan';
import { type SeenVideo, scaledSize } from './sight';

/** Paths and facts that the command line of a job hangs on. */
export interface ConversionRun {
  /** Playlist of files. */
  readonly playlist: string;
  /** Folder of the outputs. */
  readonly folder: string;
  readonly clip: Clip | undefined;
  readonly video: SeenVideo;
  readonly frameOption: Ffmpeg['frameOption'];
}

/** Range of ffmpeg's quality of JPEG: 2 is the best, 31 the worst. */
const JPEG = { best: 2, worst: 31 } as const;

/** Writes the command line that makes all outputs of a job in one pass. */
export function conversionArguments(outputs: readonly OutputPlan[], run: ConversionRun): readonly string[] {
  return [
    ...['-hide_banner', '-nostdin', '-loglevel', 'error', '-y'],
    ...clipArguments(run),
    // The playlist names files of this machine, and nothing else may be opened.
    ...['-protocol_whitelist', 'file', '-f', 'hls', '-i', run.playlist],
    ...outputs.flatMap((output, index) =>
      output.kind === 'file' ? fileArguments(output, index, run) : captureArguments(output, index, run),
    ),
  ];
}

/** Names the file of an output; the pictures of one have its number in the place of `%07d`. */
export function outputFile(folder: string, output: OutputPlan, index: number): string {
  return join(folder, output.kind === 'file' ? `output-${index}.mp4` : `output-${index}.%07d.jpg`);
}

function clipArguments({ clip, video }: ConversionRun): readonly string[] {
  if (clip === undefined) return [];
  const at = ({ seconds, frame }: NonNullable<Clip['start']>) => seconds + frame / video.frameRate;
  const from = clip.start === undefined ? 0 : at(clip.start);
  // The frame of the end belongs to the clip.
  const length = clip.end === undefined ? undefined : at(clip.end) + 1 / video.frameRate - from;
  return ['-ss', from.toFixed(3), ...(length === undefined ? [] : ['-t', length.toFixed(3)])];
}

function fileArguments(output: FilePlan, index: number, { folder, video: input }: ConversionRun): readonly string[] {
  const { video, hasAudio } = output;
  const picture = video === undefined ? ['-vn'] : ['-map', '0:v:0', ...codecArguments(video, input)];
  const sound = hasAudio ? ['-map', '0:a:0', '-c:a', 'copy', '-bsf:a', 'aac_adtstoasc'] : ['-an'];
  return [...picture, ...sound, '-movflags', '+faststart', '-f', 'mp4', outputFile(folder, output, index)];
}

/** Copies H.264 of the same size; encodes everything else, quickly. */
function codecArguments(video: NonNullable<FilePlan['video']>, input: SeenVideo): readonly string[] {
  const { width, height } = scaledSize(input, video);
  if (input.codec === 'h264' && width === input.width && height === input.height) return ['-c:v', 'copy'];
  const rate = String(video.bitrate);
  return [
    ...['-vf', `scale=${width}:${height}`, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
    ...['-crf', '28', '-maxrate', rate, '-bufsize', rate],
  ];
}

function captureArguments(output: CapturePlan, index: number, run: ConversionRun): readonly string[] {
  const { numerator, denominator, most, quality } = output;
  const { width, height } = scaledSize(run.video, output);
  const turn = (time: string) => `floor((${time}-start_t)*${numerator}/${denominator})`;
  // The first frame, and the first one of each further interval.
  const select = `select='isnan(prev_t)+gt(${turn('t')},${turn('prev_t')})'`;
  const scale = Math.round(JPEG.worst - ((JPEG.worst - JPEG.best) * quality) / 100);
  return [
    ...['-map', '0:v:0', '-an', '-vf', `${select},scale=${width}:${height},format=yuvj420p`, run.frameOption, 'vfr'],
    ...(most === undefined ? [] : ['-frames:v', String(most)]),
    ...['-c:v', 'mjpeg', '-q:v', String(scale), '-start_number', '0'],
    ...['-f', 'image2', outputFile(run.folder, output, index)],
  ];
}
