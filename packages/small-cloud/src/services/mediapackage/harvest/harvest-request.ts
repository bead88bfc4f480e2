import { randomUUID } from 'node:crypto';
import type { PropertyReader } from '../../kit/property-reader';
import type { Endpoint } from '../model/endpoint';
import { type HarvestedManifests, type HarvestRequest, invalid } from './harvest-job';

/** Pattern of a job's name. */
const NAME = /^[a-zA-Z0-9_-]{1,256}$/;
/** Longest part of the timeline that one job may copy, in seconds: 24 hours. */
const LONGEST_SECONDS = 86_400;
/** Start-over window of an endpoint that declares none, in seconds: the default of v2. */
const DEFAULT_START_OVER_SECONDS = 900;

/** Names of the endpoint that a request is for. */
export type HarvestPlace = Pick<HarvestRequest, 'group' | 'channel' | 'endpoint'>;

/**
 * Reads the body of CreateHarvestJob.
 *
 * @throws AwsError ValidationException for a member that is missing or impossible.
 * @see https://docs.aws.amazon.com/mediapackage/latest/APIReference/API_CreateHarvestJob.html
 */
export function harvestRequest(body: PropertyReader, place: HarvestPlace): HarvestRequest {
  const name = body.maybeText('HarvestJobName') ?? randomUUID();
  if (!NAME.test(name)) {
    throw invalid('MEMBER_DOES_NOT_MATCH_PATTERN', `HarvestJobName: '${name}' was given; ${NAME.source} is needed`);
  }
  const manifests = body.part('HarvestedManifests');
  const schedule = body.part('ScheduleConfiguration');
  const destination = body.part('Destination').part('S3Destination');
  const request: HarvestRequest = {
    ...place,
    name,
    description: body.maybeText('Description'),
    manifests: {
      hls: names(manifests, 'HlsManifests'),
      lowLatencyHls: names(manifests, 'LowLatencyHlsManifests'),
      dash: names(manifests, 'DashManifests'),
    },
    startSeconds: schedule.number('StartTime'),
    endSeconds: schedule.number('EndTime'),
    bucket: destination.text('BucketName'),
    path: destination.text('DestinationPath'),
    tags: body.map('Tags'),
  };
  body.end();
  return request;
}

/** Lists the names of all manifests of a job. */
export function manifestNames({ hls, lowLatencyHls, dash }: HarvestedManifests): readonly string[] {
  return [...hls, ...lowLatencyHls, ...dash];
}

/**
 * Checks the manifests and the times of a job.
 *
 * @param nowSeconds - the present, in seconds since 1970.
 * @throws AwsError ValidationException by the rules of AWS.
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/live-to-vod.html
 */
export function checkHarvest(
  { manifests, startSeconds, endSeconds }: HarvestRequest,
  endpoint: Endpoint,
  nowSeconds: number,
): void {
  const { hlsManifests, dashManifests, startOverSeconds = DEFAULT_START_OVER_SECONDS } = endpoint;
  const hls = (lowLatency: boolean) =>
    hlsManifests.filter((one) => one.lowLatency === lowLatency).map(({ name }) => name);
  const known = { hls: hls(false), lowLatencyHls: hls(true), dash: dashManifests.map(({ name }) => name) };
  if (manifestNames(manifests).length === 0) {
    throw invalid('NUM_MANIFESTS_LOW', 'HarvestedManifests: none was given; one is needed');
  }
  for (const kind of ['hls', 'lowLatencyHls', 'dash'] as const) {
    const stranger = manifests[kind].find((name) => !known[kind].includes(name));
    if (stranger === undefined) continue;
    throw invalid('HARVESTED_MANIFEST_NOT_FOUND_ON_ENDPOINT', `the endpoint has no ${kind} manifest '${stranger}'`);
  }
  if (endSeconds <= startSeconds) {
    throw invalid('END_TIME_EARLIER_THAN_START_TIME', 'EndTime: a time after StartTime is needed');
  }
  if (endSeconds - startSeconds > LONGEST_SECONDS) {
    throw invalid('INVALID_HARVEST_JOB_DURATION', 'ScheduleConfiguration: a job harvests at most 24 hours');
  }
  if (startSeconds > nowSeconds) throw invalid('MEMBER_INVALID', 'StartTime: a time in the past is needed');
  if (startSeconds < nowSeconds - startOverSeconds) {
    throw invalid(
      'MEMBER_INVALID',
      `StartTime: a time within the start-over window of ${startOverSeconds} s is needed`,
    );
  }
}

function names(manifests: PropertyReader, key: string): readonly string[] {
  return manifests.list(key).map((one) => one.text('ManifestName'));
}
