import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateJobCommand } from '@aws-sdk/client-mediaconvert';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CONVERTED_BUCKET, ConvertField, makeRecording } from 'small-cloud/testing';
import { mp4Job, picturesJob } from '../../lambda/shared/recordings/conversion-jobs';
import { conversionPlaylist } from '../../lambda/shared/recordings/conversion-playlist';
import { finishConversion, finishedConversion } from '../../lambda/shared/recordings/finished-conversion';
import { pictureStore } from '../../lambda/shared/recordings/picture-store';

const folder = mkdtempSync(join(tmpdir(), 'conversion-'));
let field: ConvertField;

beforeAll(() => makeRecording(join(folder, 'show')));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  field = await ConvertField.open();
  await field.putAll(join(folder, 'show'), 'vod/main/R1/1/');
  const harvested = readFileSync(join(folder, 'show', 'index.m3u8'), 'utf8').replace(/VERSION:\d/, 'VERSION:6');
  await field.put('vod/main/R1/1/convert.m3u8', conversionPlaylist(harvested));
});

afterEach(() => field.close());

const recording = () => ({
  channel: 'main',
  id: 'R1',
  bucket: CONVERTED_BUCKET,
  playlists: ['vod/main/R1/1/convert.m3u8'],
  seconds: 25,
  best: { width: 320, bitrate: 400_000 },
});

/** Runs a job to its end, and finishes it as the function does that hears its event. */
async function converted(job: ReturnType<typeof mp4Job>) {
  const { Job } = await field.client.send(new CreateJobCommand(job));
  await field.ended(Job?.Id ?? '');
  const finished = finishedConversion(field.eventsOf(Job?.Id).at(-1));
  expect(finished).toMatchObject({ channel: 'main', id: 'R1', seconds: 25, status: 'COMPLETE', error: undefined });
  return finished === undefined ? {} : finishConversion(finished, pictureStore(field.bucket, CONVERTED_BUCKET));
}

const head = (key: string) => field.bucket.send(new HeadObjectCommand({ Bucket: CONVERTED_BUCKET, Key: key }));

describe('a recording that is converted in the small cloud', () => {
  test('has a poster, and a storyboard whose pictures exist', async () => {
    expect(await converted(picturesJob(recording(), field.role))).toEqual({
      poster: '/vod/main/R1/poster.jpg',
      storyboard: '/vod/main/R1/storyboard.vtt',
    });
    expect(await head('vod/main/R1/poster.jpg')).toMatchObject({
      ContentType: 'image/jpeg',
      CacheControl: 'public, max-age=86400',
    });
    const Key = 'vod/main/R1/storyboard.vtt';
    const { Body } = await field.bucket.send(new GetObjectCommand({ Bucket: CONVERTED_BUCKET, Key }));
    const text = (await Body?.transformToString()) ?? '';
    const pictures = [...text.matchAll(/^pictures\/.*$/gm)].map(([name]) => name);
    expect(pictures).toHaveLength(3);
    for (const picture of pictures) {
      expect((await head(`vod/main/R1/${picture}`)).ContentLength).toBeGreaterThan(100);
    }
    expect(text).toContain('00:00:20.000 --> 00:00:25.000');
  });

  test('has an MP4, alone or with the pictures', async () => {
    const mp4 = '/vod/main/R1/recording.mp4';
    expect(await converted(mp4Job(recording(), field.role))).toEqual({ mp4 });
    expect(await head(mp4.slice(1))).toMatchObject({ ContentType: 'video/mp4' });
    expect(await converted(picturesJob(recording(), field.role, true))).toMatchObject({
      mp4,
      poster: '/vod/main/R1/poster.jpg',
    });
  });
});
