import { randomBytes } from 'node:crypto';
import type { Value } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import type { JobPlan } from '../settings/job-plan';
import { hasEnded, type Job, type JobState } from './job';

/** Milliseconds for which a request token means the same request. */
const TOKEN_MILLISECONDS = 60_000;

/** A job that is asked for. */
export interface NewJob {
  readonly role: string;
  readonly queue: string;
  readonly token: string | undefined;
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly settings: Value;
  readonly plan: JobPlan;
}

/** Surroundings of the jobs. */
export interface JobsContext {
  readonly now: () => number;
  readonly arnOf: (resource: string) => string;
  /** Does the work of a job that progresses. Resolves with what it has come to; undefined when it was stopped. */
  readonly work: (job: Job) => Promise<Pick<Job, 'state' | 'error' | 'outputs'> | undefined>;
  /** Stops the work that is going on. */
  readonly stopWork: () => Promise<void>;
  /** Tells a change of a job's state. */
  readonly tell: (job: Job) => void;
}

/** The jobs of a run. One is worked on at a time; the others wait in the order in which they came. */
export class Jobs {
  private readonly jobs = new Map<string, Job>();
  private working: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly context: JobsContext) {}

  /** Takes a job. The same token within a minute answers the job that it made. */
  submit(asked: NewJob): Job {
    const now = this.context.now();
    const known = this.all().find(
      ({ token, submitted }) => token !== undefined && token === asked.token && now - submitted < TOKEN_MILLISECONDS,
    );
    if (known !== undefined) return known;
    const id = `${now}-${randomBytes(3).toString('hex')}`;
    const progress = {
      state: 'SUBMITTED',
      started: undefined,
      finished: undefined,
      error: undefined,
      outputs: [],
    } as const;
    const job: Job = { ...asked, ...progress, id, arn: this.context.arnOf(`jobs/${id}`), submitted: now };
    this.jobs.set(id, job);
    this.working ??= this.workAll();
    return job;
  }

  /** @throws AwsError (NotFoundException). */
  get(id: string): Job {
    const job = this.jobs.get(id);
    if (job !== undefined) return job;
    throw new AwsError('NotFoundException', `The job "${id}" does not exist`, 404);
  }

  /** Lists all jobs, the oldest first. */
  all(): readonly Job[] {
    return [...this.jobs.values()];
  }

  /** Cancels a job. @throws AwsError (NotFoundException, BadRequestException). */
  cancel(id: string): void {
    const job = this.get(id);
    if (hasEnded(job)) {
      throw new AwsError('BadRequestException', `The job "${id}" is ${job.state} and cannot be canceled`);
    }
    const wasWorkedOn = job.state === 'PROGRESSING';
    this.end(job, { state: 'CANCELED', error: undefined, outputs: [] });
    if (wasWorkedOn) void this.context.stopWork();
  }

  /** Ends the work, and begins no further job. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.context.stopWork();
    await this.working;
  }

  private async workAll(): Promise<void> {
    // The answer to CreateJob says SUBMITTED.
    await new Promise((resolve) => setImmediate(resolve));
    for (let job = this.next(); job !== undefined; job = this.next()) {
      this.change(job, 'PROGRESSING');
      job.started = this.context.now();
      const result = await this.context.work(job);
      if (result !== undefined && !hasEnded(job)) this.end(job, result);
    }
    this.working = undefined;
  }

  private next(): Job | undefined {
    return this.stopped ? undefined : this.all().find(({ state }) => state === 'SUBMITTED');
  }

  private end(job: Job, result: Pick<Job, 'state' | 'error' | 'outputs'>): void {
    job.finished = this.context.now();
    job.error = result.error;
    job.outputs = result.outputs;
    this.change(job, result.state);
  }

  private change(job: Job, state: JobState): void {
    job.state = state;
    this.context.tell(job);
  }
}
