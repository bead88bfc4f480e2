import {
  type CreateHarvestJobCommand,
  type MediaPackageClient,
  NotFoundException,
  TooManyRequestsException,
  UnprocessableEntityException,
} from '@aws-sdk/client-mediapackage';
import { describe, expect, test } from '@jest/globals';
import { v1State } from '../../lambda/catalogue/harvest-state';
import { heardOf } from '../../lambda/catalogue/heard';
import { mediaPackageV1Harvester } from '../../lambda/recorder/media-package-v1';
import { HarvestRefusedError } from '../../lambda/recorder/surroundings';
import type { RecordedChannel } from '../../lambda/shared/recordings/recorded-channel';
import { BEGIN, MAIN } from './fake-recordings';

const TARGET = { endpoint: 'live-main-hls', folder: 'vod', hls: ['index'], lowLatencyHls: [], dash: [] } as const;
const CHANNEL: RecordedChannel = { ...MAIN, source: 'media-package-v1', harvests: [TARGET] };
const HARVEST = {
  channel: CHANNEL,
  target: TARGET,
  name: 'main-20261128T190000Z-1',
  start: BEGIN,
  end: BEGIN + 3_600_000,
  folder: 'vod/main/20261128T190000Z/1',
};
const error = { message: 'no', $metadata: { httpStatusCode: 400 } };

/** A client that answers by the names of commands, and remembers them. */
function fake(answers: Readonly<Record<string, () => object>>) {
  const sent: { readonly name: string; readonly input: object }[] = [];
  const send = async (command: { readonly input: object }) => {
    const { name } = command.constructor;
    sent.push({ name, input: command.input });
    const answer = answers[name];
    if (answer === undefined) throw new Error(`${name} was not expected`);
    return answer();
  };
  return { client: { send } as unknown as MediaPackageClient, sent };
}

/** Throws an error. */
const fails = (problem: Error) => () => {
  throw problem;
};

const harvester = (client: MediaPackageClient) =>
  mediaPackageV1Harvester(client, { endpoints: [TARGET.endpoint], bucket: 'recordings', roleArn: 'arn:role' });

describe('a harvest of MediaPackage v1', () => {
  test('is asked for with the role, under an id that begins with the name of the stack', async () => {
    const { client, sent } = fake({ CreateHarvestJobCommand: () => ({}) });
    expect(await harvester(client).start(HARVEST)).toBe('asked');
    const expected: CreateHarvestJobCommand['input'] = {
      Id: 'live-main-20261128T190000Z-1',
      OriginEndpointId: 'live-main-hls',
      StartTime: '2026-11-28T19:00:00.000Z',
      EndTime: '2026-11-28T20:00:00.000Z',
      S3Destination: {
        BucketName: 'recordings',
        ManifestKey: 'vod/main/20261128T190000Z/1/index.m3u8',
        RoleArn: 'arn:role',
      },
    };
    expect(sent).toEqual([{ name: 'CreateHarvestJobCommand', input: expected }]);
  });

  test('waits while ten others are in progress', async () => {
    const { client } = fake({ CreateHarvestJobCommand: fails(new TooManyRequestsException(error)) });
    expect(await harvester(client).start(HARVEST)).toBe('later');
  });

  test('is left as it is where it was asked for already', async () => {
    const { client } = fake({
      CreateHarvestJobCommand: fails(new UnprocessableEntityException(error)),
      DescribeHarvestJobCommand: () => ({}),
    });
    expect(await harvester(client).start(HARVEST)).toBe('asked');
  });

  test('is refused where it is impossible', async () => {
    const { client } = fake({
      CreateHarvestJobCommand: fails(new UnprocessableEntityException(error)),
      DescribeHarvestJobCommand: fails(new NotFoundException(error)),
    });
    await expect(harvester(client).start(HARVEST)).rejects.toThrow(HarvestRefusedError);
  });
});

describe('the state of a harvest of MediaPackage v1', () => {
  test.each([
    ['SUCCEEDED', 'COMPLETED'],
    ['IN_PROGRESS', 'IN_PROGRESS'],
    ['FAILED', 'FAILED'],
  ])('%s is %s in the words of v2', async (Status, status) => {
    const { client } = fake({ DescribeHarvestJobCommand: () => ({ Status }) });
    const reasons = new Map([['live-main-20261128T190000Z-1', 'no content']]);
    expect(await v1State(client, reasons)(CHANNEL, TARGET, HARVEST.name)).toEqual({ status, reason: 'no content' });
  });

  test('is missing where there is no job', async () => {
    const { client } = fake({ DescribeHarvestJobCommand: fails(new NotFoundException(error)) });
    expect(await v1State(client, new Map())(CHANNEL, TARGET, HARVEST.name)).toMatchObject({ status: 'MISSING' });
  });
});

describe('an event', () => {
  test('of MediaPackage v1 tells the channel by its endpoint, and the reason of a failure', () => {
    const detail = { harvest_job: { id: 'live-main-1', origin_endpoint_id: 'live-main-hls' }, message: 'no content' };
    expect(heardOf({ detail }, [CHANNEL])).toEqual({
      channel: 'main',
      reasons: new Map([['live-main-1', 'no content']]),
    });
  });

  test.each([
    [{ harvestJob: { channelName: 'main' } }],
    [{ written: { channel: 'main' } }],
    [{ userMetadata: { channel: 'main' } }],
  ])('%j tells the channel', (detail) => {
    expect(heardOf({ detail }, [MAIN])).toEqual({ channel: 'main', reasons: new Map() });
  });

  test('of a schedule tells of no channel', () => {
    expect(heardOf({}, [MAIN])).toEqual({ channel: undefined, reasons: new Map() });
  });
});
