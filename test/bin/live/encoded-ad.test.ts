import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateJobCommand, GetJobCommand } from '@aws-sdk/client-mediaconvert';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CONVERTED_BUCKET, ConvertField, makeVideo } from 'small-cloud/testing';
import type { AdService, UploadedFile } from '../../../bin/live/ad-service';
import { clipJob } from '../../../bin/live/clip-job';
import type { EncodeJob, EncodeService } from '../../../bin/live/encode-service';
import { encodedAd } from '../../../bin/live/encoded-ad';
import { modelComplaints } from '../../house/judges/service-models';

const folder = mkdtempSync(join(tmpdir(), 'encoded-ad-'));
const file = join(folder, 'Spot.MP4');
const LADDER = {
  framesPerSecond: 30000 / 1001,
  frameRate: '30000/1001',
  renditions: [
    { width: 320, height: 180, bitrate: 400_000 },
    { width: 160, height: 90, bitrate: 150_000 },
  ],
};
const MAIN = [
  '#EXTM3U',
  '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="index-audio.m3u8"',
  '#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"',
  'index-v0.m3u8',
].join('\n');
const VIDEO = '#EXTM3U\n#EXTINF:2.002,\na\n#EXTINF:1.5,\nb\n#EXT-X-ENDLIST\n';

beforeAll(() => writeFileSync(file, 'a video'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const job = (status: EncodeJob['status'], percent?: number, error?: string): EncodeJob => ({ status, percent, error });

/** A bucket, and a MediaConvert whose job goes through given states. */
class Fakes implements AdService, EncodeService {
  readonly calls: string[] = [];
  readonly told: string[] = [];
  readonly undos: ((() => Promise<void>) | undefined)[] = [];
  texts: Record<string, string> = { 'index.m3u8': MAIN, 'index-v0.m3u8': VIDEO };
  constructor(private readonly states: EncodeJob[]) {}

  announce = async () => {};
  read = async (_: string, key: string) => {
    const text = this.texts[key.replace('ads/clips/a-1/', '')];
    return text === undefined ? undefined : { text, version: '1' };
  };
  write = async () => true;
  upload = async ({ key, size }: UploadedFile, progress: (bytes: number) => void) => {
    this.calls.push(`upload ${key} ${size}`);
    for (const bytes of [2, 4, 4, size]) progress(bytes);
  };
  remove = async (_: string, prefix: string) => {
    this.calls.push(`remove ${prefix}`);
    return 1;
  };
  create = async () => {
    this.calls.push('create');
    return 'job-1';
  };
  look = async () => this.states.shift() ?? job('COMPLETE');
  cancel = async (id: string) => {
    this.calls.push(`cancel ${id}`);
  };

  add(of = file): Promise<number> {
    const context = {
      clock: { now: () => 0, sleep: async () => {} },
      err: (line: string) => void this.told.push(line),
      onInterrupt: (undo: (() => Promise<void>) | undefined) => void this.undos.push(undo),
    };
    const ad = { file: of, id: 'a-1', bucket: 'ads', ladder: JSON.stringify(LADDER), roleArn: 'role' };
    return encodedAd(ad, { ads: this, encoder: this, context });
  }
}

const UNDONE = ['cancel job-1', 'remove sources/a-1.mp4', 'remove ads/clips/a-1/'];

describe('a file that MediaConvert prepares', () => {
  test('is uploaded, followed to the end of its job, measured, and removed', async () => {
    const fakes = new Fakes([job('SUBMITTED'), job('PROGRESSING'), job('PROGRESSING', 40), job('PROGRESSING', 40)]);
    expect(await fakes.add()).toBe(3.502);
    expect(fakes.calls).toEqual(['upload sources/a-1.mp4 7', 'create', 'remove sources/a-1.mp4']);
    expect(fakes.told).toEqual([
      'Uploading 0.0 MB',
      ...['Uploaded: 20 %', 'Uploaded: 50 %', 'Uploaded: 100 %'],
      'MediaConvert prepares it in job job-1',
      'The job waits in the queue',
      ...['Prepared: 0 %', 'Prepared: 40 %'],
    ]);
    expect(fakes.undos.at(-1)).toBeUndefined();
  });

  test.each<[string, EncodeJob, Record<string, string>, RegExp]>([
    ['its job fails', job('ERROR', 3, 'No video (error 1020)'), {}, /could not prepare .*: No video \(error 1020\)\.$/],
    ['its job is canceled', job('CANCELED'), {}, /Job job-1 of MediaConvert was canceled/],
    ['its clip has no sound', job('COMPLETE'), { 'index.m3u8': MAIN.replace(/#EXT-X-MEDIA.*\n/, '') }, /has no audio/],
    ['its clip has no picture', job('COMPLETE'), { 'index.m3u8': '#EXTM3U\n' }, /has no picture/],
    ['there is no clip', job('COMPLETE'), { 'index-v0.m3u8': '' }, /has no picture/],
  ])('leaves nothing behind where %s', async (_, end, texts, sentence) => {
    const fakes = new Fakes([end]);
    Object.assign(fakes.texts, texts);
    await expect(fakes.add()).rejects.toThrow(sentence);
    expect(fakes.calls.slice(2)).toEqual(UNDONE);
  });

  test('leaves nothing behind where Ctrl-C ends the wait', async () => {
    const fakes = new Fakes([]);
    await fakes.add();
    await fakes.undos[0]?.();
    expect(fakes.calls.slice(-3)).toEqual(UNDONE);
  });

  test('is not uploaded where it is missing', async () => {
    const fakes = new Fakes([]);
    await expect(fakes.add(join(folder, 'none.mp4'))).rejects.toThrow('there is no such file');
    expect(fakes.calls).toEqual([]);
  });
});

describe('the job of a clip', () => {
  const clip = { id: 'a-1', bucket: CONVERTED_BUCKET, source: 'vod/spot.mp4', ladder: LADDER };

  test('has nothing that the service model of MediaConvert does not know', () => {
    const parameters = JSON.parse(JSON.stringify(clipJob({ ...clip, roleArn: 'arn:aws:iam::111122223333:role/R' })));
    const request = { service: 'mediaconvert', operation: 'CreateJob', parameters };
    expect(modelComplaints([['clip', request]], 'the job of a clip is not judged')).toEqual([]);
    parameters.Settings.OutputGroups[0].Outputs[0].ContainerSettings.Container = 'CMFX';
    const complaints = modelComplaints([['clip', request]], 'the job of a clip is not judged');
    expect(complaints.join()).toMatch(/^$|Container: "CMFX" was given/);
  });

  test('is done by the small cloud with a role that reads the file and writes the clip', async () => {
    const field = await ConvertField.open();
    try {
      const spot = join(folder, 'spot.mp4');
      await makeVideo(spot);
      await field.put('vod/spot.mp4', readFileSync(spot));
      const roleArn = await field.makeRole('Encoder', [
        ['s3:GetObject', `arn:aws:s3:::${CONVERTED_BUCKET}/vod/*`],
        ['s3:PutObject', `arn:aws:s3:::${CONVERTED_BUCKET}/ads/clips/*`],
      ]);
      const made = await field.client.send(new CreateJobCommand(clipJob({ ...clip, roleArn })));
      await field.ended(made.Job?.Id ?? '');
      const { Job } = await field.client.send(new GetJobCommand({ Id: made.Job?.Id }));
      expect(Job).toMatchObject({ Status: 'COMPLETE', UserMetadata: { ad: 'a-1' } });
      expect(field.s3.file(CONVERTED_BUCKET, 'ads/clips/a-1/index-v1_000000003.cmfv')).toBeDefined();
    } finally {
      await field.close();
    }
  });
});
