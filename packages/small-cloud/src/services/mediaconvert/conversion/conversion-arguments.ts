import { join } from 'node:path';
import type { Ffmpeg } from '../../../host/ffmpeg';
import type { AudioPlan, CapturePlan, Clip, FilePlan, OutputPlan } from '../settings/job-plan';
import { packageArguments } from './package-arguments';
import { type SeenVideo, scaledSize } from './sight';

/** Paths and facts that the command line of a job hangs on. */
export interface ConversionRun {
  /** Words that open the input. */
  readonly input: readonly string[];
  /** Folder of the outputs. */
  readonly folder: string;
  readonly clip: Clip | undefined;
  readonly video: SeenVideo;
  /** True where the audio of the input is AAC in MPEG-2 TS, which is copied. */
  readonly copiesAudio: boolean;
  readonly frameOption: Ffmpeg['frameOption'];
}

/** Range of ffmpeg's quality of JPEG: 2 is the best, 31 the worst. */
const JPEG = { best: 2, worst: 31 } as const;

/** Writes the command line that makes all outputs of a job in one pass. */
export function conversionArguments(outputs: readonly OutputPlan[], run: ConversionRun): readonly string[] {
  return [
    ...['-hide_banner', '-nostdin', '-loglevel', 'error', '-y'],
    ...clipArguments(run),
    ...run.input,
    ...outputs.flatMap((output, index) => outputArguments(output, index, run)),
  ];
}

function outputArguments(output: OutputPlan, index: number, run: ConversionRun): readonly string[] {
  if (output.kind === 'file') return fileArguments(output, index, run);
  if (output.kind === 'captures') return captureArguments(output, index, run);
  return packageArguments(output, run.video, outputFile(run.folder, output, index));
}

/** Names the file of an output; the pictures of one have its number in the place of `%07d`, and a package is a folder. */
export function outputFile(folder: string, { kind }: OutputPlan, index: number): string {
  const endings = { file: '.mp4', captures: '.%07d.jpg', package: '' };
  return join(folder, `output-${index}${endings[kind]}`);
}

function clipArguments({ clip, video }: ConversionRun): readonly string[] {
  if (clip === undefined) return [];
  const at = ({ seconds, frame }: NonNullable<Clip['start']>) => seconds + frame / video.frameRate;
  const from = clip.start === undefined ? 0 : at(clip.start);
  // The frame of the end belongs to the clip.
  const length = clip.end === undefined ? undefined : at(clip.end) + 1 / video.frameRate - from;
  return ['-ss', from.toFixed(3), ...(length === undefined ? [] : ['-t', length.toFixed(3)])];
}

function fileArguments(
  output: FilePlan,
  index: number,
  { folder, video: input, copiesAudio }: ConversionRun,
): readonly string[] {
  const { video, audio } = output;
  const picture = video === undefined ? ['-vn'] : ['-map', '0:v:0', ...codecArguments(video, input)];
  const sound = audio === undefined ? ['-an'] : ['-map', '0:a:0', ...soundArguments(audio, copiesAudio)];
  return [...picture, ...sound, '-movflags', '+faststart', '-f', 'mp4', outputFile(folder, output, index)];
}

function soundArguments({ sampleRate, bitrate }: AudioPlan, copies: boolean): readonly string[] {
  if (copies) return ['-c:a', 'copy', '-bsf:a', 'aac_adtstoasc'];
  const rate = bitrate === undefined ? [] : ['-b:a', String(bitrate)];
  return ['-c:a', 'aac', '-ac', '2', '-ar', String(sampleRate), ...rate];
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
