import { join } from 'node:path';
import type {
  ApiHandler,
  Cloud,
  NodeStatus,
  ObjectKeeper,
  ObjectStore,
  ResourceProvider,
  Service,
} from '../../contract';
import type { Ffmpeg } from '../../host/ffmpeg';
import type { Processes } from '../../host/processes';
import { AwsError } from '../kit/aws-error';
import { mediaConvertApi } from './api';
import { hasEnded, type Job } from './control/job';
import { jobEvent } from './control/job-events';
import { Jobs } from './control/jobs';
import { Conversion, type ConversionMeans } from './conversion/conversion';
import { urlOf } from './conversion/hls-input';
import { JOB_ERRORS, JobError } from './conversion/job-error';
import type { Place } from './settings/job-plan';

const PRINCIPAL = 'mediaconvert.amazonaws.com';

/** Means of the local MediaConvert. */
export interface MediaConvertOptions {
  readonly ffmpeg: Pick<Ffmpeg, 'path' | 'frameOption'>;
  readonly processes: Pick<Processes, 'spawn' | 'end'>;
  readonly objects: ObjectStore & ObjectKeeper;
}

/**
 * MediaConvert: jobs that make an MP4 and pictures from HLS in S3, and HLS in CMAF from a video. An MP4 of HLS is not
 * encoded anew where it has the size of the input: on AWS its bitrate and quality are those of the settings, here they are
 * the input's.
 */
export class MediaConvert implements Service {
  readonly resources: Readonly<Record<string, ResourceProvider>> = {};
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly jobs: Jobs;
  private conversion: Conversion | undefined;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: MediaConvertOptions,
  ) {
    const { partition, region, accountId, access, clock, events } = cloud;
    const arnOf = (resource: string) => `arn:${partition}:mediaconvert:${region}:${accountId}:${resource}`;
    this.jobs = new Jobs({
      now: () => Math.round(clock.now()),
      arnOf,
      work: (job) => this.work(job),
      stopWork: async () => this.conversion?.stop(),
      tell: (job) => {
        const reason = job.error === undefined ? '' : `: ${job.error.code} ${job.error.message}`;
        cloud.tell('mediaconvert', `${job.id} ${job.state}${reason}`, job.error === undefined ? 'info' : 'warning');
        events.put(jobEvent(job, accountId, Math.round(clock.now())));
      },
    });
    this.api = { mediaconvert: mediaConvertApi({ access, jobs: this.jobs, arnOf }) };
  }

  async stop(): Promise<void> {
    await this.jobs.stop();
  }

  status(): readonly NodeStatus[] {
    const waiting = this.jobs.all().filter((job) => !hasEnded(job)).length;
    if (waiting === 0) return [];
    const others = waiting === 1 ? '' : `, ${waiting - 1} waiting`;
    return [{ node: 'mediaconvert', state: 'running', detail: `1 job${others}` }];
  }

  private async work(job: Job): Promise<Pick<Job, 'state' | 'error' | 'outputs'> | undefined> {
    const conversion = new Conversion(job.plan, this.meansOf(job));
    this.conversion = conversion;
    try {
      this.checkRole(job.role);
      const outputs = await conversion.run();
      return { state: 'COMPLETE', error: undefined, outputs };
    } catch (error) {
      if (conversion.isStopped) return undefined;
      return { state: 'ERROR', error: errorOf(error), outputs: [] };
    } finally {
      this.conversion = undefined;
    }
  }

  private checkRole(role: string): void {
    const { access } = this.cloud;
    if (access.roleTrusts(role, PRINCIPAL)) return;
    const rule = `check that it exists, and that it has ${PRINCIPAL} as a trusted entity`;
    throw new JobError(JOB_ERRORS.untrusted, `MediaConvert cannot assume the role ${role}: ${rule}`);
  }

  private meansOf({ id, role }: Job): ConversionMeans {
    const { ffmpeg, processes, objects } = this.options;
    return {
      ffmpeg,
      processes,
      folder: join(this.cloud.folder, 'mediaconvert', id),
      open: (place) => {
        this.mayDo(role, 's3:GetObject', place);
        const file = found(place, () => objects.file(place.bucket, place.key));
        if (file !== undefined) return file;
        throw new JobError(JOB_ERRORS.missing, `Unable to open input file [${urlOf(place)}]: it does not exist`);
      },
      keep: async (place, file) => {
        this.mayDo(role, 's3:PutObject', place);
        await objects.keep(place.bucket, place.key, file);
      },
    };
  }

  private mayDo(role: string, action: string, { bucket, key }: Place): void {
    const resource = `arn:${this.cloud.partition}:s3:::${bucket}/${key}`;
    if (this.cloud.access.roleAllows(role, { action, resource })) return;
    throw new JobError(JOB_ERRORS.denied, `Amazon S3 denied ${action} on ${resource} to the role ${role}`);
  }
}

/** Turns a missing bucket into the error of a job. */
function found<T>(place: Place, look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw error instanceof AwsError ? new JobError(JOB_ERRORS.missing, `${urlOf(place)}: ${error.message}`) : error;
  }
}

function errorOf(error: unknown): NonNullable<Job['error']> {
  if (error instanceof JobError) return { code: error.code, message: error.message };
  if (error instanceof AwsError) return { code: JOB_ERRORS.missing, message: error.message };
  return { code: JOB_ERRORS.unknown, message: error instanceof Error ? error.message : String(error) };
}
