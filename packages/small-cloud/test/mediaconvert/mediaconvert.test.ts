import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CancelJobCommand, CreateJobCommand, GetJobCommand, ListJobsCommand } from '@aws-sdk/client-mediaconvert';
import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sightOf } from '../../src/services/mediaconvert/conversion/sight';
import { BUCKET, ConvertField, fileGroup, jobOf, MP4, makeRecording, PICTURES } from './convert-field';

const folder = mkdtempSync(join(tmpdir(), 'convert-test-'));
let field: ConvertField;

beforeAll(async () => {
  await makeRecording(join(folder, 'ts'));
  await makeRecording(join(folder, 'cmaf'), 'fmp4');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  field = await ConvertField.open();
  await field.putAll(join(folder, 'ts'), 'vod/main/R1/');
});

afterEach(() => field.close());

const create = async (job: ReturnType<typeof jobOf>) => (await field.client.send(new CreateJobCommand(job))).Job;
const run = async (job: ReturnType<typeof jobOf>) => field.ended((await create(job))?.Id ?? '');

const keys = async (prefix: string) => {
  const { Contents = [] } = await field.bucket.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }));
  return Contents.map(({ Key }) => Key);
};

/** Describes a file of the bucket as ffmpeg sees it. */
async function seen(key: string) {
  const file = field.s3.file(BUCKET, key) ?? '';
  const { stderr } = await promisify(execFile)('ffmpeg', ['-hide_banner', '-i', file, '-f', 'null', '-t', '0', '-']);
  return { ...sightOf(stderr), seconds: Number(/Duration: 00:00:(\d+)/.exec(stderr)?.[1]) };
}

describe('a job of MediaConvert', () => {
  test('makes an MP4 and pictures, and tells it', async () => {
    const groups = [fileGroup('recording', MP4), fileGroup('pictures/storyboard', PICTURES)];
    const created = await create({ ...jobOf(field.role, groups), UserMetadata: { channel: 'main' } });
    expect(created).toMatchObject({ Status: 'SUBMITTED', Role: field.role, UserMetadata: { channel: 'main' } });
    const job = await field.ended(created?.Id ?? '');
    expect(job).toMatchObject({
      Status: 'COMPLETE',
      OutputGroupDetails: [
        { OutputDetails: [{ DurationInMs: 25_000, VideoDetails: { WidthInPx: 320, HeightInPx: 180 } }] },
        { OutputDetails: [{ DurationInMs: 25_000, VideoDetails: { WidthInPx: 160, HeightInPx: 90 } }] },
      ],
      Timing: { SubmitTime: expect.any(Date), StartTime: expect.any(Date), FinishTime: expect.any(Date) },
    });

    expect(await keys('vod/main/R1/recording')).toEqual(['vod/main/R1/recording.mp4']);
    expect(await seen('vod/main/R1/recording.mp4')).toMatchObject({
      video: { codec: 'h264', width: 320, height: 180 },
      hasAudio: true,
      seconds: 25,
    });
    // At 0, 10 and 20 s.
    expect(await keys('vod/main/R1/pictures/')).toEqual(
      [0, 1, 2].map((number) => `vod/main/R1/pictures/storyboard.000000${number}.jpg`),
    );
    expect(await seen('vod/main/R1/pictures/storyboard.0000000.jpg')).toMatchObject({
      video: { width: 160, height: 90 },
    });
    const head = new HeadObjectCommand({ Bucket: BUCKET, Key: 'vod/main/R1/pictures/storyboard.0000002.jpg' });
    expect(await field.bucket.send(head)).toMatchObject({ ContentType: 'image/jpeg' });

    expect(field.eventsOf(job.Id)).toMatchObject([
      { status: 'PROGRESSING', userMetadata: { channel: 'main' }, queue: expect.stringMatching(/:queues\/Default$/) },
      {
        status: 'COMPLETE',
        userMetadata: { channel: 'main' },
        outputGroupDetails: [
          { type: 'FILE_GROUP', outputDetails: [{ outputFilePaths: [`s3://${BUCKET}/vod/main/R1/recording.mp4`] }] },
          { outputDetails: [{ outputFilePaths: [`s3://${BUCKET}/vod/main/R1/pictures/storyboard.0000002.jpg`] }] },
        ],
      },
    ]);
    expect(existsSync(join(field.cloud.folder, 'mediaconvert', job.Id ?? ''))).toBe(false);
  });

  test('takes the variant with the highest bandwidth, scales, and stops at the most captures', async () => {
    const playlist = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nindex.m3u8\n';
    await field.put('vod/main/R1/master.m3u8', playlist);
    const small = { ...MP4, VideoDescription: { ...MP4.VideoDescription, Width: 160 } };
    const captures = structuredClone(PICTURES) as unknown as typeof PICTURES;
    const settings = { FramerateNumerator: 1, FramerateDenominator: 2, MaxCaptures: 2 };
    Object.assign(captures.VideoDescription.CodecSettings, { FrameCaptureSettings: settings });
    const job = await run(jobOf(field.role, [fileGroup('small', small), fileGroup('poster', captures)], 'master.m3u8'));
    expect(job).toMatchObject({ Status: 'COMPLETE' });
    expect(await seen('vod/main/R1/small.mp4')).toMatchObject({ video: { width: 160, height: 90 }, seconds: 25 });
    expect(await keys('vod/main/R1/poster')).toEqual([
      'vod/main/R1/poster.0000000.jpg',
      'vod/main/R1/poster.0000001.jpg',
    ]);
  });

  test('clips, joins inputs, and takes names from the input where the destination is a folder', async () => {
    const clipped = jobOf(field.role, [fileGroup('clips/', MP4)]);
    Object.assign(clipped.Settings?.Inputs?.[0] ?? {}, {
      InputClippings: [{ StartTimecode: '00:00:05:00', EndTimecode: '00:00:09:09' }],
    });
    expect(await run(clipped)).toMatchObject({ Status: 'COMPLETE' });
    expect(await seen('vod/main/R1/clips/index.mp4')).toMatchObject({ seconds: 5 });

    const joined = jobOf(field.role, [fileGroup('both', MP4)]);
    joined.Settings?.Inputs?.push(...structuredClone(joined.Settings.Inputs));
    expect(await run(joined)).toMatchObject({ Status: 'COMPLETE' });
    expect(await seen('vod/main/R1/both.mp4')).toMatchObject({ seconds: 50 });
  });

  test.each([
    ['of CMAF segments', 'cmaf', (text: string) => text.replace(/VERSION:\d/, 'VERSION:4')],
    ['of a newer version', 'ts', (text: string) => text.replace(/VERSION:\d/, 'VERSION:6')],
    [
      'that is still live',
      'ts',
      (text: string) => text.replace('#EXT-X-ENDLIST', '').replace('TYPE:VOD', 'TYPE:EVENT'),
    ],
    [
      'that is encrypted',
      'ts',
      (text: string) => text.replace('#EXTINF', '#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF'),
    ],
  ])('does not read an HLS input %s', async (_, type, edit) => {
    await field.put('vod/main/R1/other.m3u8', edit(readFileSync(join(folder, type, 'index.m3u8'), 'utf8')));
    const job = await run(jobOf(field.role, [fileGroup('recording', MP4)], 'other.m3u8'));
    expect(job).toMatchObject({ Status: 'ERROR', ErrorCode: 3400 });
    expect(field.eventsOf(job.Id)).toMatchObject([{}, { status: 'ERROR', errorCode: 3400 }]);
  });

  test('ends in an error where its role lacks a right, or MediaConvert may not assume it', async () => {
    const read = ['s3:GetObject', `arn:aws:s3:::${BUCKET}/vod/*`] as const;
    const group = [fileGroup('recording', MP4)];
    const mute = await field.makeRole('Mute', [read]);
    expect(await run(jobOf(mute, group))).toMatchObject({ Status: 'ERROR', ErrorCode: 1401 });
    const blind = await field.makeRole('Blind', [['s3:PutObject', read[1]]]);
    expect(await run(jobOf(blind, group))).toMatchObject({ Status: 'ERROR', ErrorCode: 1401 });
    const foreign = await field.makeRole('Foreign', [read], 'lambda.amazonaws.com');
    expect(await run(jobOf(foreign, group))).toMatchObject({ Status: 'ERROR', ErrorCode: 1434 });
    expect(await run(jobOf(field.role, group, 'missing.m3u8'))).toMatchObject({ Status: 'ERROR', ErrorCode: 1404 });
  });

  test('is made once for a request token', async () => {
    const asked = { ...jobOf(field.role, [fileGroup('recording', MP4)]), ClientRequestToken: 'once' };
    const [first, second] = [await create(asked), await create(asked)];
    expect(second?.Id).toBe(first?.Id);
    await field.ended(first?.Id ?? '');
    const { Jobs } = await field.client.send(new ListJobsCommand({ Status: 'COMPLETE' }));
    expect(Jobs).toMatchObject([{ Id: first?.Id, ClientRequestToken: 'once' }]);
  });

  test('waits for the one before it, and can be canceled', async () => {
    const asked = jobOf(field.role, [fileGroup('recording', MP4)]);
    const [first, second, third] = [await create(asked), await create(asked), await create(asked)];
    await field.client.send(new CancelJobCommand({ Id: second?.Id }));
    await field.ended(third?.Id ?? '');
    const order = field.cloud.put.map(({ detail }) => [detail['jobId'], detail['status']]);
    expect(order.filter(([id]) => id !== second?.Id)).toEqual([
      [first?.Id, 'PROGRESSING'],
      [first?.Id, 'COMPLETE'],
      [third?.Id, 'PROGRESSING'],
      [third?.Id, 'COMPLETE'],
    ]);
    expect(await field.client.send(new GetJobCommand({ Id: second?.Id }))).toMatchObject({
      Job: { Status: 'CANCELED' },
    });
    await expect(field.client.send(new CancelJobCommand({ Id: third?.Id }))).rejects.toMatchObject({
      name: 'BadRequestException',
    });
  });

  test('leaves no process and no file behind when the run ends', async () => {
    await create(jobOf(field.role, [fileGroup('recording', MP4), fileGroup('pictures', PICTURES)]));
    await create(jobOf(field.role, [fileGroup('again', MP4)]));
    while (field.processes.running().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await field.service.stop();
    expect(field.processes.running()).toEqual([]);
    expect(readdirSync(join(field.cloud.folder, 'mediaconvert'))).toEqual([]);
    expect(await keys('vod/main/R1/again')).toEqual([]);
  });
});
