import type { Properties, Value } from '../../../contract';
import type { FinishedOutput } from '../conversion/conversion';
import { urlOf } from '../conversion/hls-input';
import type { JobPlan } from '../settings/job-plan';

/** The states of a job. */
export type JobState = 'SUBMITTED' | 'PROGRESSING' | 'COMPLETE' | 'ERROR' | 'CANCELED';

/** One job of MediaConvert. Times are in milliseconds since 1970. */
export interface Job {
  readonly id: string;
  readonly arn: string;
  readonly queue: string;
  readonly role: string;
  readonly token: string | undefined;
  readonly userMetadata: Readonly<Record<string, string>>;
  /** The settings as they were sent. */
  readonly settings: Value;
  readonly plan: JobPlan;
  readonly submitted: number;
  state: JobState;
  started: number | undefined;
  finished: number | undefined;
  error: { readonly code: number; readonly message: string } | undefined;
  outputs: readonly FinishedOutput[];
}

/** Returns true for a job that will not change any more. */
export function hasEnded({ state }: Pick<Job, 'state'>): boolean {
  return state === 'COMPLETE' || state === 'ERROR' || state === 'CANCELED';
}

/**
 * Returns a job in the form of GetJob.
 *
 * @see https://docs.aws.amazon.com/mediaconvert/latest/apireference/jobs-id.html
 */
export function jobShape(job: Job): Properties {
  const shape: Record<string, Value> = {
    id: job.id,
    arn: job.arn,
    queue: job.queue,
    role: job.role,
    status: job.state,
    createdAt: job.submitted / 1000,
    settings: job.settings,
    userMetadata: job.userMetadata,
    billingTagsSource: 'JOB',
    accelerationStatus: 'NOT_APPLICABLE',
    priority: 0,
    timing: timing(job),
  };
  if (job.token !== undefined) shape['clientRequestToken'] = job.token;
  if (job.error !== undefined) {
    shape['errorCode'] = job.error.code;
    shape['errorMessage'] = job.error.message;
  }
  if (job.state === 'COMPLETE') {
    shape['outputGroupDetails'] = groupsOf(job).map((outputs) => ({ outputDetails: outputs.map(detail) }));
  }
  return shape;
}

/** Returns the output groups as the event of a complete job tells them, with the paths of the files. */
export function groupDetails(job: Job): readonly Properties[] {
  return groupsOf(job).map((outputs): Properties => {
    const [first] = outputs;
    if (first?.kind === 'package') {
      return { outputDetails: outputs.map(detail), playlistFilePaths: [urlOf(first.place)], type: 'CMAF_GROUP' };
    }
    const details = outputs.map((output) => ({ outputFilePaths: [urlOf(output.place)], ...detail(output) }));
    return { outputDetails: details, type: 'FILE_GROUP' };
  });
}

function groupsOf({ outputs }: Job): readonly (readonly FinishedOutput[])[] {
  const positions = [...new Set(outputs.map(({ group }) => group))];
  return positions.map((position) => outputs.filter(({ group }) => group === position));
}

function detail({ milliseconds, size }: FinishedOutput): Properties {
  if (size === undefined) return { durationInMs: milliseconds };
  return { durationInMs: milliseconds, videoDetails: { widthInPx: size.width, heightInPx: size.height } };
}

function timing({ submitted, started, finished }: Job): Properties {
  const times: Record<string, number> = { submitTime: submitted / 1000 };
  if (started !== undefined) times['startTime'] = started / 1000;
  if (finished !== undefined) times['finishTime'] = finished / 1000;
  return times;
}
