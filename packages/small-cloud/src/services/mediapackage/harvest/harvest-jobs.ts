import { setTimeout as delay } from 'node:timers/promises';
import type { Cloud, ObjectWriter } from '../../../contract';
import { steadyNow } from '../../../host/clock';
import { arn } from '../control/addresses';
import type { Catalogue } from '../control/catalogue';
import type { TransportStreamMuxer } from '../egress/transport-stream-muxer';
import { conflict, type HarvestJob, type HarvestRequest, invalid, jobEvent, newEtag, notFound } from './harvest-job';
import { checkPermissions, harvestKey, mayWrite } from './harvest-permissions';
import { checkHarvest, manifestNames } from './harvest-request';
import { HarvestError, harvest } from './harvester';

/** Most jobs of a channel group that are queued or in progress. */
const MOST_ACTIVE = 10;
/** Time for which a job is queued, in milliseconds: long enough to be seen. */
const QUEUED_MS = 500;

/** A fault of harvests, for drills: the job fails, its event is lost, or its event comes twice. */
export type HarvestFault = 'fail' | 'lose-event' | 'repeat-event';

/** Parts of the cloud that harvests use. */
export interface HarvestMeans {
  readonly cloud: Cloud;
  readonly catalogue: Catalogue;
  readonly muxer: TransportStreamMuxer;
  readonly objects: ObjectWriter;
  /** Asked once for each job, when it ends. */
  readonly fault?: ((job: string) => HarvestFault | undefined) | undefined;
}

/** The harvest jobs of v2. */
export class HarvestJobs {
  private readonly jobs = new Map<string, HarvestJob>();
  private readonly tokens = new Map<string, { readonly body: string; readonly job: HarvestJob }>();
  private readonly running = new Set<Promise<void>>();
  private readonly halt = new AbortController();

  constructor(private readonly means: HarvestMeans) {}

  /** Returns the ARN of a job. */
  arn({ group, channel, endpoint, name }: Pick<HarvestRequest, 'group' | 'channel' | 'endpoint' | 'name'>): string {
    return arn(this.means.cloud, group, `channel/${channel}/originEndpoint/${endpoint}/harvestJob/${name}`);
  }

  /**
   * Creates a job, and starts it. The same token with the same body returns the job that it has created.
   *
   * @throws AwsError ResourceNotFoundException, ConflictException or ValidationException by the rules of AWS.
   */
  create(request: HarvestRequest, token: string | undefined, body: string): HarvestJob {
    const place = `${request.group}/${request.channel}/${request.endpoint}`;
    const before = token === undefined ? undefined : this.tokens.get(`${place} ${token}`);
    if (before?.body === body) return before.job;
    if (before) throw conflict('IDEMPOTENT_PARAMETER_MISMATCH', `the client token '${token}' was used for another job`);
    const { catalogue, cloud, objects } = this.means;
    const published = catalogue.endpoint(request.group, request.channel, request.endpoint);
    if (!published) throw notFound('ORIGIN_ENDPOINT', `there is no origin endpoint '${place}'`);
    if (this.jobs.has(this.arn(request))) {
      throw conflict('RESOURCE_ALREADY_EXISTS', `harvest job '${request.name}' of ${place} already exists`);
    }
    checkHarvest(request, published.endpoint, steadyNow() / 1000);
    checkPermissions(cloud, objects, published, request);
    const active = this.all(request.group).filter(({ status }) => status === 'QUEUED' || status === 'IN_PROGRESS');
    if (active.length >= MOST_ACTIVE) {
      throw invalid(
        'TOO_MANY_IN_PROGRESS_HARVEST_JOBS',
        `${MOST_ACTIVE} harvest jobs of '${request.group}' are active`,
      );
    }
    const job = this.added(request);
    if (token !== undefined) this.tokens.set(`${place} ${token}`, { body, job });
    return job;
  }

  /** Finds a job. @throws AwsError ResourceNotFoundException. */
  get(arnOfJob: string): HarvestJob {
    const job = this.jobs.get(arnOfJob);
    if (job) return job;
    throw notFound('HARVEST_JOB', `there is no harvest job ${arnOfJob}`);
  }

  /** Lists the jobs of a channel group, newest first. */
  all(group: string): readonly HarvestJob[] {
    return [...this.jobs.values()].filter(({ request }) => request.group === group).reverse();
  }

  /** Cancels a job that has not ended. @throws AwsError ValidationException, ConflictException, ResourceNotFoundException. */
  cancel(arnOfJob: string, etag: string | undefined): void {
    const job = this.get(arnOfJob);
    if (etag !== undefined && etag !== job.etag) throw conflict('CONFLICTING_OPERATION', 'the job has changed since');
    if (job.status !== 'QUEUED' && job.status !== 'IN_PROGRESS') {
      throw invalid('HARVEST_JOB_INELIGIBLE_FOR_CANCELLATION', `harvest job '${job.request.name}' is ${job.status}`);
    }
    this.change(job, 'CANCELLED');
  }

  /** Ends all jobs without a further event. */
  async stop(): Promise<void> {
    this.halt.abort();
    await Promise.all(this.running);
  }

  private added(request: HarvestRequest): HarvestJob {
    const now = Math.floor(this.means.cloud.clock.now() / 1000);
    const job: HarvestJob = {
      request,
      arn: this.arn(request),
      createdSeconds: now,
      modifiedSeconds: now,
      etag: newEtag(),
      status: 'QUEUED',
      errorMessage: undefined,
    };
    this.jobs.set(job.arn, job);
    const run: Promise<void> = this.run(job).finally(() => this.running.delete(run));
    this.running.add(run);
    return job;
  }

  private async run(job: HarvestJob): Promise<void> {
    await delay(QUEUED_MS, undefined, { signal: this.halt.signal }).catch(() => {});
    if (this.isOver(job)) return;
    this.change(job, 'IN_PROGRESS');
    const fault = this.means.fault?.(job.request.name);
    try {
      if (fault === 'fail') throw new HarvestError('this run was asked to let the harvest fail');
      await this.copy(job);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (this.isOver(job)) return;
      this.change(job, 'FAILED', message);
    }
    if (job.status === 'IN_PROGRESS' && !this.stopped) this.change(job, 'COMPLETED');
    if (this.stopped || job.status === 'CANCELLED') return;
    for (let count = fault === 'lose-event' ? 0 : fault === 'repeat-event' ? 2 : 1; count > 0; count--) this.tell(job);
  }

  private async copy(job: HarvestJob): Promise<void> {
    const { request } = job;
    const { cloud, catalogue, muxer, objects } = this.means;
    const published = catalogue.endpoint(request.group, request.channel, request.endpoint);
    const channel = catalogue.channel(request.group, request.channel);
    if (!published || !channel) throw new HarvestError('the origin endpoint has been deleted');
    await harvest({
      context: { endpoint: published.endpoint, media: channel.media, muxer },
      manifests: manifestNames(request.manifests),
      startSeconds: request.startSeconds,
      endSeconds: request.endSeconds,
      now: steadyNow,
      isOver: () => this.isOver(job),
      write: async (name, body, contentType) => {
        const key = harvestKey(request.path, name);
        if (!mayWrite(cloud, objects, request.bucket, key)) {
          throw new HarvestError(`MediaPackage may not write '${key}' to bucket '${request.bucket}'`);
        }
        await objects.write({ bucket: request.bucket, key, body: Buffer.from(body), contentType });
      },
    });
  }

  private get stopped(): boolean {
    return this.halt.signal.aborted;
  }

  private isOver(job: HarvestJob): boolean {
    return this.stopped || job.status === 'CANCELLED';
  }

  private change(job: HarvestJob, status: HarvestJob['status'], errorMessage?: string): void {
    const modifiedSeconds = Math.floor(this.means.cloud.clock.now() / 1000);
    Object.assign(job, { status, errorMessage, modifiedSeconds, etag: newEtag() });
    if (status === 'IN_PROGRESS' || status === 'QUEUED') return;
    const { name, channel } = job.request;
    const because = errorMessage === undefined ? '' : `: ${errorMessage}`;
    const level = status === 'FAILED' ? 'warning' : 'info';
    this.means.cloud.tell(`origin ${channel}`, `harvest ${name} is ${status}${because}`, level);
  }

  private tell(job: HarvestJob): void {
    this.means.cloud.events.put({
      source: 'aws.mediapackagev2',
      detailType: 'MediaPackageV2 HarvestJob Notification',
      resources: [job.arn],
      detail: jobEvent(job),
    });
  }
}
