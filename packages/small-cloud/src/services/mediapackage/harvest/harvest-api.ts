import type { Access, ApiHandler, ApiRequest, ApiResponse, Properties } from '../../../contract';
import { authorized } from '../../kit/authorized';
import { AwsError } from '../../kit/aws-error';
import { jsonBody } from '../../kit/json-protocol';
import { notModelled } from '../../kit/not-modelled';
import { PropertyReader } from '../../kit/property-reader';
import type { Catalogue } from '../control/catalogue';
import { invalid, jobShape, notFound } from './harvest-job';
import type { HarvestJobs } from './harvest-jobs';
import { type HarvestPlace, harvestRequest } from './harvest-request';

const IN_ENDPOINT =
  /^\/channelGroup\/([\w-]+)\/channel\/([\w-]+)\/originEndpoint\/([\w-]+)\/harvestJob(?:\/([\w-]+))?\/?$/;
const IN_GROUP = /^\/channelGroup\/([\w-]+)\/harvestJob\/?$/;
/** Jobs of one page, unless the caller wants fewer. */
const PAGE = 100;

/** Parts of MediaPackage that the API uses. */
export interface HarvestApiHost {
  readonly access: Pick<Access, 'roleAllows'>;
  readonly jobs: HarvestJobs;
  readonly catalogue: Pick<Catalogue, 'hasGroup' | 'arnOf'>;
}

/**
 * Answers the calls of MediaPackage v2 about harvest jobs. Every other call is answered with 501 and its path.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/APIReference/API_CreateHarvestJob.html
 */
export function harvestApi(host: HarvestApiHost): ApiHandler {
  return async (request) => {
    try {
      return answered(answer(host, request));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return failure(error);
    }
  };
}

function answer(host: HarvestApiHost, request: ApiRequest): Properties {
  const { method, path } = request;
  const [inGroup, listed = ''] = IN_GROUP.exec(path) ?? [];
  if (inGroup !== undefined && method === 'GET') return list(host, request, listed);
  const [inEndpoint, group = '', channel = '', endpoint = '', name] = IN_ENDPOINT.exec(path) ?? [];
  if (inEndpoint !== undefined) {
    const place = { group, channel, endpoint };
    if (method === 'POST' && name === undefined) return create(host, request, place);
    const job = host.jobs.arn({ ...place, name: name ?? '' });
    if (method === 'GET' && name !== undefined) {
      authorizeAll(host, request, 'GetHarvestJob', job);
      return jobShape(host.jobs.get(job));
    }
    if (method === 'PUT' && name !== undefined) {
      authorizeAll(host, request, 'CancelHarvestJob', job);
      host.jobs.cancel(job, request.headers['x-amzn-update-if-match']);
      return {};
    }
  }
  throw notModelled(`mediapackagev2 ${method} ${path}`, {
    known: ['CreateHarvestJob', 'GetHarvestJob', 'ListHarvestJobs', 'CancelHarvestJob'],
  });
}

/** Creates a job. IAM judges the tags as well when there are any. */
function create(host: HarvestApiHost, request: ApiRequest, place: HarvestPlace): Properties {
  const body = harvestRequest(new PropertyReader(jsonBody(request), ''), place);
  const job = host.jobs.arn(body);
  authorizeAll(host, request, 'CreateHarvestJob', job);
  if (Object.keys(body.tags).length > 0) authorize(host, request, 'TagResource', job);
  const token = request.headers['x-amzn-client-token'];
  return jobShape(host.jobs.create(body, token, request.body.toString('utf8')));
}

function list(host: HarvestApiHost, request: ApiRequest, group: string): Properties {
  authorize(host, request, 'ListHarvestJobs', host.catalogue.arnOf(group));
  if (!host.catalogue.hasGroup(group)) throw notFound('CHANNEL_GROUP', `there is no channel group '${group}'`);
  const { query } = request;
  const wanted = { channel: query.get('channelName'), endpoint: query.get('originEndpointName') };
  const status = query.get('includeStatus');
  const jobs = host.jobs
    .all(group)
    .filter((job) => wanted.channel === null || job.request.channel === wanted.channel)
    .filter((job) => wanted.endpoint === null || job.request.endpoint === wanted.endpoint)
    .filter((job) => status === null || job.status === status);
  const size = Number(query.get('maxResults') ?? PAGE);
  if (!Number.isInteger(size) || size < 1 || size > PAGE) {
    throw invalid(
      'INVALID_PAGINATION_MAX_RESULTS',
      `maxResults: ${query.get('maxResults')} was given; 1 to ${PAGE} is needed`,
    );
  }
  const from = Number(query.get('nextToken') ?? 0);
  if (!Number.isInteger(from) || from < 0) {
    throw invalid('INVALID_PAGINATION_TOKEN', 'nextToken: it belongs to no list');
  }
  const page = { Items: jobs.slice(from, from + size).map(jobShape) };
  return from + size < jobs.length ? { ...page, NextToken: String(from + size) } : page;
}

/**
 * Authorizes a call about one job. IAM judges the channel group, the channel and the endpoint as well as the job.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselementalmediapackagev2.html
 */
function authorizeAll(host: HarvestApiHost, request: ApiRequest, action: string, job: string): void {
  const ends = ['/channel/', '/originEndpoint/', '/harvestJob/'].map((part) => job.indexOf(part));
  for (const end of [...ends, job.length]) authorize(host, request, action, job.slice(0, end));
}

function authorize({ access }: HarvestApiHost, { roleArn }: ApiRequest, action: string, resource: string): void {
  authorized(access, roleArn, { action: `mediapackagev2:${action}`, resource });
}

function answered(body: Properties): ApiResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function failure({ status, code, message, members }: AwsError): ApiResponse {
  const type = code === 'ValidationException' ? { ValidationExceptionType: 'MEMBER_INVALID' } : {};
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ ...type, Message: message, message, ...members }),
  };
}
