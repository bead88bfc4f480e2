import { readFileSync } from 'node:fs';
import {
  CancelHarvestJobCommand,
  CreateHarvestJobCommand,
  type CreateHarvestJobRequest,
  GetHarvestJobCommand,
  ListHarvestJobsCommand,
} from '@aws-sdk/client-mediapackagev2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ENDPOINT, type Encoder, eventually, GROUP, GROUP_ARN } from '../fixture';
import { BUCKET, EDGE_READS, ENDPOINT_ARN, HARVESTER_WRITES, HarvestBench } from './harvest-bench';

let bench: HarvestBench;
let encoder: Encoder;
/** Start of the tests: the media begins about now. */
let begun: number;

beforeEach(async () => {
  bench = await HarvestBench.start();
  begun = Date.now();
  encoder = await bench.playing(41);
});

afterEach(() => bench.stop());

/** A time so many seconds after the first media, give or take a second. */
const at = (seconds: number) => new Date(begun + seconds * 1000);

function request(changes: Partial<CreateHarvestJobRequest> = {}): CreateHarvestJobRequest {
  return {
    ...ENDPOINT,
    HarvestJobName: 'show',
    HarvestedManifests: { HlsManifests: [{ ManifestName: 'index' }], DashManifests: [{ ManifestName: 'dash' }] },
    ScheduleConfiguration: { StartTime: at(-2), EndTime: at(10) },
    Destination: { S3Destination: { BucketName: BUCKET, DestinationPath: 'vod/main/1' } },
    ...changes,
  };
}

/** Times of a job that stays in progress. */
const unending = () => ({ ScheduleConfiguration: { StartTime: at(-2), EndTime: at(3600) } });

const create = (changes: Partial<CreateHarvestJobRequest> = {}) =>
  bench.client.send(new CreateHarvestJobCommand(request(changes)));
const get = (HarvestJobName = 'show') => bench.client.send(new GetHarvestJobCommand({ ...ENDPOINT, HarvestJobName }));
const ended = (name?: string) =>
  eventually(
    () => get(name),
    ({ Status }) => !['QUEUED', 'IN_PROGRESS'].includes(`${Status}`),
  );
const text = (key: string) => readFileSync(bench.file(key) ?? '/missing', 'utf8');

describe('a harvest job', () => {
  test('copies manifests and segments to the bucket, and says so on the event bus', async () => {
    expect(await create()).toMatchObject({ Status: 'QUEUED', Arn: `${ENDPOINT_ARN}/harvestJob/show` });
    expect(await ended()).toMatchObject({ Status: 'COMPLETED', ScheduleConfiguration: { EndTime: at(10) } });
    const child = /^index_video.*$/m.exec(text('vod/main/1/index.m3u8'))?.[0];
    const playlist = text(`vod/main/1/${child}`);
    expect(playlist).toContain('#EXT-X-ENDLIST');
    expect(playlist).toContain('#EXT-X-PLAYLIST-TYPE:VOD');
    const segments = playlist.split('\n').filter((line) => line.endsWith('.mp4') && !line.startsWith('#'));
    expect(segments.length).toBeGreaterThanOrEqual(8);
    expect(text(`vod/main/1/${segments[0]}`)).toContain('video.cmfv 0');
    expect(text('vod/main/1/dash.mpd')).toContain('type="static"');
    expect(bench.events).toMatchObject([
      {
        source: 'aws.mediapackagev2',
        detailType: 'MediaPackageV2 HarvestJob Notification',
        resources: [`${ENDPOINT_ARN}/harvestJob/show`],
        detail: {
          harvestJob: {
            harvestJobName: 'show',
            status: 'COMPLETED',
            channelGroupName: 'live',
            channelName: 'main',
            originEndpointName: 'cmaf',
            scheduleConfiguration: { startTime: at(-2).toISOString(), endTime: at(10).toISOString() },
            destination: { s3Destination: { bucketName: BUCKET, destinationPath: 'vod/main/1' } },
            harvestedManifests: {
              hlsManifests: [{ manifestName: 'index' }],
              dashManifests: [{ manifestName: 'dash' }],
              lowLatencyHlsManifests: [],
            },
          },
        },
      },
    ]);
  });

  test('waits for an end in the future, and copies as the media comes', async () => {
    await create({ ScheduleConfiguration: { StartTime: at(-2), EndTime: at(30) } });
    expect(
      await eventually(
        () => get(),
        ({ Status }) => Status !== 'QUEUED',
      ),
    ).toMatchObject({ Status: 'IN_PROGRESS' });
    await encoder.send(30);
    expect(await ended()).toMatchObject({ Status: 'COMPLETED' });
    expect(text('vod/main/1/index_video.m3u8').split('#EXTINF').length).toBeGreaterThan(28);
  });

  test('fails where there is no content, in the words of AWS', async () => {
    await create({ ScheduleConfiguration: { StartTime: at(-600), EndTime: at(-500) } });
    expect(await ended()).toMatchObject({
      Status: 'FAILED',
      ErrorMessage: 'There was no content available for the specified time window.',
    });
    expect(bench.events).toMatchObject([{ detail: { harvestJob: { status: 'FAILED' } } }]);
  });

  test('is the same job for the same token, and a conflict for another one with it', async () => {
    const first = await create({ ClientToken: 'one' });
    expect((await create({ ClientToken: 'one' })).CreatedAt).toEqual(first.CreatedAt);
    await expect(create({ ClientToken: 'one', Description: 'another' })).rejects.toMatchObject({
      name: 'ConflictException',
      ConflictExceptionType: 'IDEMPOTENT_PARAMETER_MISMATCH',
    });
    await expect(create({ ClientToken: 'two' })).rejects.toMatchObject({
      name: 'ConflictException',
      ConflictExceptionType: 'RESOURCE_ALREADY_EXISTS',
    });
  });

  test('can be cancelled until it has ended, and puts no event then', async () => {
    await create(unending());
    const { ETag } = await eventually(
      () => get(),
      ({ Status }) => Status === 'IN_PROGRESS',
    );
    const cancel = (tag?: string) =>
      bench.client.send(new CancelHarvestJobCommand({ ...ENDPOINT, HarvestJobName: 'show', ETag: tag }));
    await expect(cancel('other')).rejects.toMatchObject({ name: 'ConflictException' });
    await cancel(ETag);
    expect(await get()).toMatchObject({ Status: 'CANCELLED' });
    await expect(cancel()).rejects.toMatchObject({
      ValidationExceptionType: 'HARVEST_JOB_INELIGIBLE_FOR_CANCELLATION',
    });
    expect(bench.events).toEqual([]);
  });

  test('is listed with those of its group', async () => {
    await create();
    await create({ HarvestJobName: 'clip' });
    const names = async (more = {}) => {
      const { Items } = await bench.client.send(new ListHarvestJobsCommand({ ...GROUP, ...more }));
      return Items?.map(({ HarvestJobName }) => HarvestJobName);
    };
    expect(await names()).toEqual(['clip', 'show']);
    expect(await names({ MaxResults: 1 })).toEqual(['clip']);
    expect(await names({ ChannelName: 'other' })).toEqual([]);
    expect(await names({ Status: 'FAILED' })).toEqual([]);
    await expect(names({ ChannelGroupName: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('is refused while ten of the group are active', async () => {
    for (let job = 0; job < 10; job++) await create({ ...unending(), HarvestJobName: `job-${job}` });
    await expect(create()).rejects.toMatchObject({ ValidationExceptionType: 'TOO_MANY_IN_PROGRESS_HARVEST_JOBS' });
  });

  test.each([
    ['fail', 'FAILED', 1],
    ['lose-event', 'COMPLETED', 0],
    ['repeat-event', 'COMPLETED', 2],
  ] as const)('of a run that was asked to %s is %s, with %d events', async (fault, status, count) => {
    bench.fault = fault;
    await create();
    expect(await ended()).toMatchObject({ Status: status });
    expect(bench.events).toHaveLength(count);
  });
});

describe('a request for a harvest is refused with', () => {
  const manifests = (ManifestName: string) => ({ HarvestedManifests: { HlsManifests: [{ ManifestName }] } });
  const times = (StartTime: Date, EndTime: Date) => ({ ScheduleConfiguration: { StartTime, EndTime } });

  test.each<[string, () => Partial<CreateHarvestJobRequest>, string]>([
    ['a manifest that there is not', () => manifests('other'), 'HARVESTED_MANIFEST_NOT_FOUND_ON_ENDPOINT'],
    ['an LL-HLS manifest as HLS', () => manifests('low-latency'), 'HARVESTED_MANIFEST_NOT_FOUND_ON_ENDPOINT'],
    ['no manifest', () => ({ HarvestedManifests: {} }), 'NUM_MANIFESTS_LOW'],
    ['an end before the start', () => times(at(-1), at(-5)), 'END_TIME_EARLIER_THAN_START_TIME'],
    ['more than a day', () => times(at(-5), at(90_000)), 'INVALID_HARVEST_JOB_DURATION'],
    ['a start in the future', () => times(at(500), at(600)), 'MEMBER_INVALID'],
    ['a start before the start-over window', () => times(at(-4000), at(0)), 'MEMBER_INVALID'],
    ['a name with a dot', () => ({ HarvestJobName: 'a.b' }), 'MEMBER_DOES_NOT_MATCH_PATTERN'],
    [
      'a bucket that there is not',
      () => ({ Destination: { S3Destination: { BucketName: 'none', DestinationPath: 'vod' } } }),
      'HARVEST_JOB_S3_DESTINATION_MISSING_OR_INCOMPLETE',
    ],
    [
      'a folder that the policy of the bucket does not open',
      () => ({ Destination: { S3Destination: { BucketName: BUCKET, DestinationPath: 'site' } } }),
      'HARVEST_JOB_UNABLE_TO_WRITE_TO_S3_DESTINATION',
    ],
  ])('%s', async (_, changes, ValidationExceptionType) => {
    await expect(create(changes())).rejects.toMatchObject({ name: 'ValidationException', ValidationExceptionType });
  });

  test('an endpoint that MediaPackage may not harvest', async () => {
    await bench.endpointPolicy({ Statement: [EDGE_READS] });
    await expect(create()).rejects.toMatchObject({
      ValidationExceptionType: 'HARVEST_JOB_CUSTOMER_ENDPOINT_READ_ACCESS_DENIED',
    });
  });

  test('an endpoint that there is not', async () => {
    await expect(create({ OriginEndpointName: 'other' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('a bucket whose policy is for another account', async () => {
    const Condition = { StringEquals: { 'aws:SourceAccount': '999999999999' } };
    await bench.create(bench.s3, 'AWS::S3::BucketPolicy', {
      Bucket: BUCKET,
      PolicyDocument: { Statement: [{ ...HARVESTER_WRITES, Condition }] },
    });
    await expect(create()).rejects.toMatchObject({
      ValidationExceptionType: 'HARVEST_JOB_UNABLE_TO_WRITE_TO_S3_DESTINATION',
    });
  });
});

describe('the role of a caller', () => {
  async function role(Action: string[], Resource: string[]): Promise<void> {
    const trust = {
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    };
    const PolicyDocument = { Statement: [{ Effect: 'Allow', Action, Resource }] };
    const { attributes } = await bench.create(bench.iam, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: 'own', PolicyDocument }],
    });
    bench.api.roleArn = String(attributes['Arn']);
  }

  const AROUND = [GROUP_ARN, `${GROUP_ARN}/channel/main`, ENDPOINT_ARN, `${ENDPOINT_ARN}/harvestJob/*`];

  test.each(AROUND)('may create no job without a grant on %s', async (missing) => {
    const others = AROUND.filter((arn) => arn !== missing);
    await role(['mediapackagev2:CreateHarvestJob'], others);
    await expect(create()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('may create a job with a grant on the group, the channel, the endpoint and its jobs', async () => {
    await role(['mediapackagev2:CreateHarvestJob'], AROUND);
    expect(await create()).toMatchObject({ Status: 'QUEUED' });
    await expect(get()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('may not create one without, nor tag one without TagResource', async () => {
    await role(['mediapackagev2:GetHarvestJob'], ['*']);
    await expect(create()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await role(['mediapackagev2:CreateHarvestJob'], ['*']);
    await expect(create({ Tags: { show: 'one' } })).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
