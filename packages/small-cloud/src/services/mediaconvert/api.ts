import type { Access, ApiHandler, ApiRequest, ApiResponse, Properties, Value } from '../../contract';
import { UnsupportedError } from '../../contract';
import { authorized } from '../kit/authorized';
import { AwsError } from '../kit/aws-error';
import { jsonBody } from '../kit/json-protocol';
import { notModelled } from '../kit/not-modelled';
import { jobShape } from './control/job';
import { jobList } from './control/job-list';
import type { Jobs } from './control/jobs';
import { jobPlan } from './settings/job-settings';
import { SettingsReader } from './settings/settings-reader';

/** Parts of MediaConvert that its API shows and uses. */
export interface MediaConvertApiSubject {
  readonly access: Pick<Access, 'roleAllows'>;
  readonly jobs: Pick<Jobs, 'submit' | 'get' | 'all' | 'cancel'>;
  readonly arnOf: (resource: string) => string;
}

const CALLS = ['CreateJob', 'GetJob', 'ListJobs', 'CancelJob'];
const HEADERS = { 'content-type': 'application/json' } as const;

/**
 * Makes the handler of MediaConvert's API at the endpoint of a Region: CreateJob, GetJob, ListJobs and CancelJob.
 *
 * @see https://docs.aws.amazon.com/mediaconvert/latest/apireference/resources.html
 */
export function mediaConvertApi(subject: MediaConvertApiSubject): ApiHandler {
  return async (request) => {
    try {
      return answer(subject, request);
    } catch (error) {
      if (error instanceof AwsError) return failure(error);
      if (error instanceof UnsupportedError) {
        return failure(new AwsError('NotImplementedException', error.message, 501));
      }
      throw error;
    }
  };
}

function answer(subject: MediaConvertApiSubject, request: ApiRequest): ApiResponse {
  const [, rest] = /^\/2017-08-29\/jobs(?:\/([^/]+))?$/.exec(request.path) ?? [];
  const id = rest === undefined ? undefined : decodeURIComponent(rest);
  const isJobs = request.path.startsWith('/2017-08-29/jobs');
  if (isJobs && request.method === 'POST' && id === undefined) return createJob(subject, request);
  if (request.path === '/2017-08-29/jobs' && request.method === 'GET') return listJobs(subject, request);
  if (id !== undefined && request.method === 'GET') {
    authorize(subject, request, 'GetJob', subject.arnOf(`jobs/${id}`));
    return response(200, { job: jobShape(subject.jobs.get(id)) });
  }
  if (id !== undefined && request.method === 'DELETE') {
    authorize(subject, request, 'CancelJob', subject.arnOf(`jobs/${id}`));
    subject.jobs.cancel(id);
    return response(202, {});
  }
  throw notModelled(`MediaConvert ${request.method} ${request.path}`, { known: CALLS });
}

function createJob(subject: MediaConvertApiSubject, request: ApiRequest): ApiResponse {
  const body = new SettingsReader(jsonBody(request), '');
  const queue = queueOf(subject, body.maybeText('queue'));
  authorize(subject, request, 'CreateJob', queue);
  const role = body.text('role');
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(role)) throw body.refused('role', `"${role}" is not the ARN of a role`);
  passRole(subject, request, role);
  const token = body.maybeText('clientRequestToken');
  if (token !== undefined && !/^[\x20-\x7e]{1,64}$/.test(token)) {
    throw body.refused('clientRequestToken', 'up to 64 ASCII characters are needed');
  }
  const settings: Value = body.value('settings') ?? {};
  const plan = jobPlan(settings);
  const userMetadata = body.map('userMetadata');
  // They change neither the files nor the events that the local run makes.
  body.withoutEffect('billingTagsSource', 'statusUpdateInterval', 'priority', 'tags');
  body.end();
  const job = subject.jobs.submit({ role, queue, token, userMetadata, settings, plan });
  return response(201, { job: jobShape(job) });
}

function listJobs({ jobs, access, arnOf }: MediaConvertApiSubject, request: ApiRequest): ApiResponse {
  const queue = queueOf({ arnOf }, request.query.get('queue') ?? undefined);
  authorize({ access }, request, 'ListJobs', queue);
  const { page, nextToken } = jobList(jobs.all(), request.query);
  const list: Properties = { jobs: page.map(jobShape) };
  return response(200, nextToken === undefined ? list : { ...list, nextToken });
}

/** Finds the ARN of the queue: an account begins with one, `Default`. */
function queueOf({ arnOf }: Pick<MediaConvertApiSubject, 'arnOf'>, given: string | undefined): string {
  const arn = arnOf('queues/Default');
  if (given === undefined || given === arn || given === 'Default') return arn;
  throw new AwsError('NotFoundException', `The queue "${given}" does not exist`, 404);
}

/** @see https://docs.aws.amazon.com/mediaconvert/latest/ug/auth_access_required-permissions.html */
function passRole({ access }: MediaConvertApiSubject, { roleArn }: ApiRequest, resource: string): void {
  const context = { 'iam:PassedToService': 'mediaconvert.amazonaws.com' };
  authorized(access, roleArn, { action: 'iam:PassRole', resource, context });
}

function authorize(
  { access }: Pick<MediaConvertApiSubject, 'access'>,
  { roleArn }: ApiRequest,
  call: string,
  resource: string,
): void {
  authorized(access, roleArn, { action: `mediaconvert:${call}`, resource });
}

function response(status: number, body: Properties): ApiResponse {
  return { status, headers: HEADERS, body: JSON.stringify(body) };
}

function failure({ status, code, message }: AwsError): ApiResponse {
  return { status, headers: { ...HEADERS, 'x-amzn-errortype': code }, body: JSON.stringify({ message }) };
}
