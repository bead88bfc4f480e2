import {
  CreateHarvestJobCommand,
  type CreateHarvestJobRequest,
  DescribeHarvestJobCommand,
  MediaPackageClient,
} from '@aws-sdk/client-mediapackage';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiHandler, Properties } from '../../../src/contract';
import { ApiServer } from '../../s3/api-server';
import { Encoder, eventually } from '../fixture';
import { BUCKET, HarvestBench } from './harvest-bench';

let bench: HarvestBench;
let api: ApiServer;
let client: MediaPackageClient;
let begun: number;

beforeEach(async () => {
  bench = await HarvestBench.start();
  api = new ApiServer(bench.origin.api['mediapackage'] as ApiHandler);
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  client = new MediaPackageClient({ endpoint: await api.start(), region: 'eu-west-1', credentials, maxAttempts: 1 });
  await bench.create(bench.origin, 'AWS::MediaPackage::Channel', { Id: 'old' });
  await bench.create(bench.origin, 'AWS::MediaPackage::OriginEndpoint', {
    Id: 'old-dash',
    ChannelId: 'old',
    StartoverWindowSeconds: 600,
    DashPackage: { SegmentDurationSeconds: 1, ManifestWindowSeconds: 30 },
  });
  begun = Date.now();
  await new Encoder(bench, 'a', [undefined, 'old']).send(41);
});

afterEach(async () => {
  client.destroy();
  await api.stop();
  await bench.stop();
});

const at = (seconds: number) => new Date(begun + seconds * 1000).toISOString();

/** Creates a role that a service may assume. @returns its ARN. */
async function role(Service: string, statements: readonly Properties[]): Promise<string> {
  const AssumeRolePolicyDocument = {
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
  };
  const Policies = [{ PolicyName: 'own', PolicyDocument: { Statement: [...statements] } }];
  const { attributes } = await bench.create(bench.iam, 'AWS::IAM::Role', { AssumeRolePolicyDocument, Policies });
  return String(attributes['Arn']);
}

const writes = { Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${BUCKET}/*` };
const harvester = (service = 'mediapackage.amazonaws.com') => role(service, [writes]);

function create(RoleArn: string, changes: Partial<CreateHarvestJobRequest> = {}) {
  return client.send(
    new CreateHarvestJobCommand({
      Id: 'show',
      OriginEndpointId: 'old-dash',
      StartTime: at(-2),
      EndTime: at(10),
      S3Destination: { BucketName: BUCKET, ManifestKey: 'vod/old/1/show.mpd', RoleArn },
      ...changes,
    }),
  );
}

describe('a harvest job of MediaPackage v1', () => {
  test('copies the manifest to its key and the segments beside it, and says so', async () => {
    expect(await create(await harvester())).toMatchObject({ Status: 'IN_PROGRESS' });
    await eventually(
      () => client.send(new DescribeHarvestJobCommand({ Id: 'show' })),
      ({ Status }) => Status === 'SUCCEEDED',
    );
    expect(bench.file('vod/old/1/show.mpd')).toBeDefined();
    await eventually(
      async () => bench.events.length,
      (count) => count === 1,
    );
    expect(bench.events).toMatchObject([
      {
        source: 'aws.mediapackage',
        detailType: 'MediaPackage HarvestJob Notification',
        detail: {
          harvest_job: { id: 'show', status: 'SUCCEEDED', s3_destination: { manifest_key: 'vod/old/1/show.mpd' } },
        },
      },
    ]);
  });

  test.each<[string, string, Partial<CreateHarvestJobRequest>]>([
    ['an endpoint that there is not', 'NotFoundException', { OriginEndpointId: 'none' }],
    ['an end before the start', 'UnprocessableEntityException', { EndTime: '2020-01-01T00:00:00Z' }],
    [
      'a start before the start-over window',
      'UnprocessableEntityException',
      { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T01:00:00Z' },
    ],
    ['an end in the future', 'UnprocessableEntityException', { EndTime: '2100-01-01T00:00:00Z' }],
  ])('is refused with %s', async (_, name, changes) => {
    await expect(create(await harvester(), changes)).rejects.toMatchObject({ name });
  });

  test('is refused with a role that MediaPackage may not assume', async () => {
    await expect(create(await harvester('lambda.amazonaws.com'))).rejects.toThrow('does not let mediapackage');
  });

  test('tells the reason of a failure with its event only', async () => {
    bench.fault = 'fail';
    await create(await harvester());
    await eventually(
      async () => bench.events.length,
      (count) => count === 1,
    );
    expect(bench.events[0]?.detail).toMatchObject({
      harvest_job: { id: 'show', status: 'FAILED', created_at: expect.any(String) },
      message: 'this run was asked to let the harvest fail',
    });
    expect(await client.send(new DescribeHarvestJobCommand({ Id: 'show' }))).not.toHaveProperty('message');
  });

  test('is refused while ten others are in progress', async () => {
    const RoleArn = await harvester();
    let release = () => {};
    const released = new Promise<void>((done) => {
      release = done;
    });
    bench.s3.write = () => released;
    const asked = Array.from({ length: 11 }, (_, index) => create(RoleArn, { Id: `show-${index}` }));
    const results = await Promise.allSettled(asked);
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { name: 'TooManyRequestsException' } }]);
    release();
  });

  test('needs iam:PassRole of its caller', async () => {
    const Action = ['mediapackage:CreateHarvestJob'];
    api.roleArn = await role('lambda.amazonaws.com', [{ Effect: 'Allow', Action, Resource: '*' }]);
    await expect(create(await harvester())).rejects.toMatchObject({ name: 'ForbiddenException' });
    api.roleArn = await role('lambda.amazonaws.com', [
      { Effect: 'Allow', Action: [...Action, 'iam:PassRole'], Resource: '*' },
    ]);
    expect(await create(await harvester())).toMatchObject({ Status: 'IN_PROGRESS' });
  });
});
