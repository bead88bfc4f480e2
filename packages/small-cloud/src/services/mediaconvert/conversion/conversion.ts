import type { ChildProcess } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Ffmpeg } from '../../../host/ffmpeg';
import type { Processes } from '../../../host/processes';
import type { JobPlan, OutputPlan, PackagePlan, Place } from '../settings/job-plan';
import { type ConversionRun, conversionArguments, outputFile } from './conversion-arguments';
import type { OpenObject } from './hls-input';
import { JOB_ERRORS, JobError } from './job-error';
import { openedInput } from './opened-input';
import { packageFiles } from './package-files';
import { type SeenVideo, type Sight, scaledSize, sightOf } from './sight';

/** Means of a conversion. */
export interface ConversionMeans {
  readonly ffmpeg: Pick<Ffmpeg, 'path' | 'frameOption'>;
  readonly processes: Pick<Processes, 'spawn' | 'end'>;
  /** Folder of this job alone; it is removed at the end. */
  readonly folder: string;
  /** Opens an object with the rights of the job's role. @throws JobError */
  readonly open: OpenObject;
  /** Keeps a file as an object, with the rights of the job's role; the file is moved. @throws JobError */
  readonly keep: (place: Place, file: { readonly path: string; readonly contentType: string }) => Promise<void>;
}

/** A finished output, as the event and GetJob tell it. */
export interface FinishedOutput {
  readonly kind: OutputPlan['kind'];
  /** Position of its output group. */
  readonly group: number;
  /** Place of its file; for a package, of the multivariant playlist. */
  readonly place: Place;
  readonly milliseconds: number;
  /** Undefined for a file without video. */
  readonly size: Pick<SeenVideo, 'width' | 'height'> | undefined;
}

/** Bytes of ffmpeg's words that are kept for the error of a job. */
const KEPT_WORDS = 4000;

/** One run of a job: reads the inputs, runs ffmpeg, and writes the outputs. `stop` ends it at any time. */
export class Conversion {
  private child: ChildProcess | undefined;
  private stopped = false;

  constructor(
    private readonly plan: JobPlan,
    private readonly means: ConversionMeans,
  ) {}

  /** @throws JobError with MediaConvert's code. */
  async run(): Promise<readonly FinishedOutput[]> {
    const { folder } = this.means;
    try {
      await mkdir(folder, { recursive: true });
      return await this.convert();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** True once it was stopped: its result means nothing. */
  get isStopped(): boolean {
    return this.stopped;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.child !== undefined) await this.means.processes.end(this.child);
  }

  private async convert(): Promise<readonly FinishedOutput[]> {
    const { folder, ffmpeg } = this.means;
    const input = await openedInput(this.plan.inputs, this.means);
    const sight = sightOf((await this.ffmpeg(['-hide_banner', '-nostdin', ...input.words])).words);
    const video = this.checked(sight);
    const clip = this.plan.inputs[0]?.clips[0];
    const seconds = input.seconds ?? sight.seconds ?? 0;
    if ((clip?.start?.seconds ?? 0) >= seconds) {
      throw new JobError(JOB_ERRORS.clip, 'The start timecode of the clip does not exist in the input');
    }
    const { frameOption } = ffmpeg;
    const copiesAudio = input.seconds !== undefined;
    const run: ConversionRun = { input: input.words, folder, clip, video, copiesAudio, frameOption };
    await this.makeFolders();
    const { code, words } = await this.ffmpeg(conversionArguments(this.plan.outputs, run));
    if (code !== 0) throw new JobError(JOB_ERRORS.unknown, `ffmpeg ended with ${code}: ${words.trim()}`);
    const from = clip?.start?.seconds ?? 0;
    const milliseconds = Math.round((Math.min(clip?.end?.seconds ?? seconds, seconds) - from) * 1000);
    return this.written(run, milliseconds);
  }

  /** Checks that the input has what the outputs need. */
  private checked({ video, hasAudio }: Sight): SeenVideo {
    if (video === undefined) throw new JobError(JOB_ERRORS.noVideo, 'No video was found in the input');
    const wantsAudio = this.plan.outputs.some(takesAudio);
    if (wantsAudio && !hasAudio) throw new JobError(JOB_ERRORS.noAudio, 'No audio was found in the input');
    return video;
  }

  /** Moves the files of the outputs into their bucket. */
  private async written({ folder, video }: ConversionRun, milliseconds: number): Promise<readonly FinishedOutput[]> {
    const finished: FinishedOutput[] = [];
    for (const [index, output] of this.plan.outputs.entries()) {
      const { kind, group } = output;
      const place = await this.keepOutput(folder, output, index);
      const sizes = kind === 'package' ? output.renditions.map((one) => one.video) : [sizeOf(output)];
      for (const wanted of sizes) {
        finished.push({ kind, group, place, milliseconds, size: wanted && scaledSize(video, wanted) });
      }
    }
    return finished;
  }

  /** Makes the folders of packages. */
  private async makeFolders(): Promise<void> {
    for (const [index, output] of this.plan.outputs.entries()) {
      if (output.kind === 'package') await mkdir(outputFile(this.means.folder, output, index));
    }
  }

  /** @returns the place of the file; of the last one, for pictures; and of the multivariant playlist, for a package. */
  private async keepOutput(folder: string, output: OutputPlan, index: number): Promise<Place> {
    const { keep } = this.means;
    const path = outputFile(folder, output, index);
    if (output.kind === 'file') {
      await keep(output.place, { path, contentType: 'video/mp4' });
      return output.place;
    }
    if (output.kind === 'package') {
      for (const file of await packageFiles(output, path)) await keep(file.place, file);
      return { ...output.place, key: `${output.place.key}.m3u8` };
    }
    const [start = ''] = basename(path).split('%07d');
    const names = (await readdir(folder)).filter((name) => name.startsWith(start)).toSorted();
    let last = output.place;
    for (const name of names) {
      last = { ...output.place, key: `${output.place.key}.${name.slice(start.length)}` };
      await keep(last, { path: join(folder, name), contentType: 'image/jpeg' });
    }
    return last;
  }

  /** Runs ffmpeg to its end. */
  private async ffmpeg(args: readonly string[]): Promise<{ readonly code: number | null; readonly words: string }> {
    const { ffmpeg, processes } = this.means;
    if (this.stopped) throw new JobError(JOB_ERRORS.unknown, 'The job was stopped');
    const child = processes.spawn(ffmpeg.path, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = `${words}${text}`.slice(-KEPT_WORDS);
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, words }));
    });
  }
}

function takesAudio(output: OutputPlan): boolean {
  if (output.kind === 'package') return output.renditions.some(({ audio }) => audio !== undefined);
  return output.kind === 'file' && output.audio !== undefined;
}

function sizeOf(output: Exclude<OutputPlan, PackagePlan>) {
  return output.kind === 'file' ? output.video : output;
}
