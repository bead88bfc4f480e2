import { setTimeout as delay } from 'node:timers/promises';
import type { ApiHandler, ApiRequest, Cloud, ObjectWriter, Properties } from '../../../contract';
import { steadyNow } from '../../../host/clock';
import { authorized } from '../../kit/authorized';
import { AwsError } from '../../kit/aws-error';
import { jsonBody } from '../../kit/json-protocol';
import { notModelled } from '../../kit/not-modelled';
import { PropertyReader } from '../../kit/property-reader';
import type { V1Catalogue } from '../control/v1-catalogue';
import type { TransportStreamMuxer } from '../egress/transport-stream-muxer';
import type { Endpoint } from '../model/endpoint';
import type { HarvestFault } from './harvest-jobs';
import { HarvestError, harvest } from './harvester';
import { refused, type V1Job, v1JobEvent, v1JobShape } from './v1-job';

const PRINCIPAL = 'mediapackage.amazonaws.com';
/** Longest part of the timeline that one job may copy, in seconds: 24 hours. */
const LONGEST_SECONDS = 86_400;
/** Most jobs of an account and Region that are in progress. */
const MOST_ACTIVE = 10;
/** Time between two events of one job, so that a drill sees them apart, in milliseconds. */
const APART_MS = 10;
const JOB_PATH = /^\/harvest_jobs(?:\/([^/]+))?\/?$/;

/** Parts of the cloud that harvests of v1 use. */
export interface V1HarvestMeans {
  readonly cloud: Cloud;
  readonly catalogue: V1Catalogue;
  readonly muxer: TransportStreamMuxer;
  readonly objects: ObjectWriter;
  readonly fault?: ((job: string) => HarvestFault | undefined) | undefined;
}

/**
 * The harvest jobs of MediaPackage v1: `POST /harvest_jobs`, and reading them.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/apireference/harvest_jobs.html
 */
export class V1Harvests {
  private readonly jobs = new Map<string, V1Job>();
  private stopped = false;

  constructor(private readonly means: V1HarvestMeans) {}

  /** Answers the API. */
  readonly api: ApiHandler = async (request) => {
    const headers = { 'content-type': 'application/json' };
    try {
      return { status: 200, headers, body: JSON.stringify(this.answer(request)) };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { status, code, message } = error;
      return { status, headers: { ...headers, 'x-amzn-errortype': code }, body: JSON.stringify({ message }) };
    }
  };

  /** Ends all jobs without a further event. */
  stop(): void {
    this.stopped = true;
  }

  private answer(request: ApiRequest): Properties {
    const { method, path } = request;
    const [matched, id] = JOB_PATH.exec(path) ?? [];
    if (matched !== undefined && method === 'POST' && id === undefined) return this.create(request);
    if (matched !== undefined && method === 'GET') {
      this.authorize(
        request,
        id === undefined ? 'ListHarvestJobs' : 'DescribeHarvestJob',
        id === undefined ? '*' : this.arn(id),
      );
      if (id === undefined) return { harvestJobs: [...this.jobs.values()].map(v1JobShape) };
      const job = this.jobs.get(id);
      if (job) return v1JobShape(job);
      throw new AwsError('NotFoundException', `there is no harvest job '${id}'`, 404);
    }
    const known = ['CreateHarvestJob', 'DescribeHarvestJob', 'ListHarvestJobs'];
    throw notModelled(`mediapackage ${method} ${path}`, { known });
  }

  private create(request: ApiRequest): Properties {
    this.authorize(request, 'CreateHarvestJob', '*');
    const body = new PropertyReader(jsonBody(request), '');
    const destination = body.part('s3Destination');
    const id = body.text('id');
    const originEndpointId = body.text('originEndpointId');
    const endpoint = this.means.catalogue.endpointOf(originEndpointId);
    const job: V1Job = {
      id,
      originEndpointId,
      arn: this.arn(id),
      channelId: endpoint?.channelId ?? '',
      startTime: body.text('startTime'),
      endTime: body.text('endTime'),
      createdAt: new Date(this.means.cloud.clock.now()).toISOString(),
      bucket: destination.text('bucketName'),
      key: destination.text('manifestKey'),
      roleArn: destination.text('roleArn'),
      status: 'IN_PROGRESS',
      message: undefined,
    };
    body.end();
    const passed = { action: 'iam:PassRole', resource: job.roleArn, context: { 'iam:PassedToService': PRINCIPAL } };
    authorized(this.means.cloud.access, request.roleArn, passed, { code: 'ForbiddenException', status: 403 });
    if (!endpoint) throw new AwsError('NotFoundException', `there is no origin endpoint '${originEndpointId}'`, 404);
    if (this.jobs.has(id)) throw refused(`harvest job '${id}' already exists`);
    this.check(job, endpoint.packaged);
    const active = [...this.jobs.values()].filter(({ status }) => status === 'IN_PROGRESS');
    if (active.length >= MOST_ACTIVE) {
      throw new AwsError('TooManyRequestsException', `${MOST_ACTIVE} harvest jobs are in progress`, 429);
    }
    this.jobs.set(id, job);
    void this.run(job);
    return v1JobShape(job);
  }

  private check({ startTime, endTime, channelId, roleArn, bucket, key }: V1Job, packaged: Endpoint | undefined): void {
    const { access } = this.means.cloud;
    const { startOverSeconds = 0, segmentSeconds = 0 } = packaged ?? {};
    const now = this.now(channelId, segmentSeconds);
    const [start, end] = [Date.parse(startTime) / 1000, Date.parse(endTime) / 1000];
    if (!(end > start)) throw refused('endTime: a time of ISO 8601 after startTime is needed');
    if (end > now) throw refused('endTime: a time in the past is needed');
    if (end - start > LONGEST_SECONDS) throw refused('endTime: a job harvests at most 24 hours');
    if (start > now || start < now - startOverSeconds) {
      throw refused(
        `startTime: a time in the past and within the start-over window of ${startOverSeconds} s is needed`,
      );
    }
    if (!access.roleTrusts(roleArn, PRINCIPAL)) throw refused(`${roleArn} does not let ${PRINCIPAL} assume it`);
    const target = this.means.objects.target(bucket);
    if (!target) throw refused(`there is no bucket '${bucket}'`);
    if (!access.roleAllows(roleArn, { action: 's3:PutObject', resource: `${target.arn}/${key}` })) {
      throw refused(`${roleArn} does not allow s3:PutObject on ${target.arn}/${key}`);
    }
  }

  /** Returns the time by the newest media of a channel, in seconds since 1970, or that of the clock if it is later. */
  private now(channelId: string, segmentSeconds: number): number {
    const media = this.means.catalogue.channel(channelId)?.media;
    const edge = (media?.epochSeconds ?? 0) + (media?.segmenter(segmentSeconds)?.edgeSeconds ?? 0);
    return Math.max(edge, steadyNow() / 1000);
  }

  private async run(job: V1Job): Promise<void> {
    const fault = this.means.fault?.(job.id);
    try {
      if (fault === 'fail') throw new HarvestError('this run was asked to let the harvest fail');
      await this.copy(job);
      job.status = 'SUCCEEDED';
    } catch (error) {
      job.status = 'FAILED';
      job.message = error instanceof HarvestError ? error.message : `${error}`;
      if (!this.stopped) this.means.cloud.tell('origin', `harvest ${job.id} is FAILED: ${error}`, 'warning');
    }
    for (let count = fault === 'lose-event' ? 0 : fault === 'repeat-event' ? 2 : 1; count > 0; count--) {
      if (!this.stopped) this.means.cloud.events.put(v1JobEvent(job));
      await delay(APART_MS);
    }
  }

  /** Copies the endpoint's first manifest under the key that the job gives, and the other files beside it. */
  private async copy(job: V1Job): Promise<void> {
    const { catalogue, muxer, objects, cloud } = this.means;
    const endpoint = catalogue.endpointOf(job.originEndpointId)?.packaged;
    const media = catalogue.channel(job.channelId)?.media;
    const [manifest] = [...(endpoint?.hlsManifests ?? []), ...(endpoint?.dashManifests ?? [])];
    if (!endpoint || !media || !manifest) throw new HarvestError('the endpoint has no manifest that can be harvested');
    const folder = job.key.slice(0, job.key.lastIndexOf('/') + 1);
    await harvest({
      context: { endpoint, media, muxer, isV1: true },
      manifests: [manifest.name],
      startSeconds: Date.parse(job.startTime) / 1000,
      endSeconds: Date.parse(job.endTime) / 1000,
      now: steadyNow,
      isOver: () => this.stopped,
      write: async (name, body, contentType) => {
        const isParent = name === `${manifest.name}.m3u8` || name === `${manifest.name}.mpd`;
        const key = isParent ? job.key : `${folder}${name}`;
        const resource = `${objects.target(job.bucket)?.arn}/${key}`;
        if (!cloud.access.roleAllows(job.roleArn, { action: 's3:PutObject', resource })) {
          throw new HarvestError(`${job.roleArn} does not allow s3:PutObject on ${resource}`);
        }
        await objects.write({ bucket: job.bucket, key, body: Buffer.from(body), contentType });
      },
    });
  }

  private authorize({ roleArn }: ApiRequest, action: string, resource: string): void {
    const denial = { code: 'ForbiddenException', status: 403 };
    authorized(this.means.cloud.access, roleArn, { action: `mediapackage:${action}`, resource }, denial);
  }

  private arn(id: string): string {
    const { partition, region, accountId } = this.means.cloud;
    return `arn:${partition}:mediapackage:${region}:${accountId}:harvest_jobs/${id}`;
  }
}
