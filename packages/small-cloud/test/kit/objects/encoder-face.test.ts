import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Buckets } from '../../../src/services/kit/objects/buckets';
import { EncoderFace } from '../../../src/services/kit/objects/encoder-face';

const folder = mkdtempSync(join(tmpdir(), 'encoder-face-'));
const buckets = new Buckets(folder, 'aws');
const told: string[] = [];
const face = new EncoderFace(buckets, (line) => told.push(line));

beforeAll(async () => {
  await buckets.create('media');
  await face.start();
});

afterAll(async () => {
  await face.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(told).toEqual([]);
});

describe('the face of S3 that the encoder writes to', () => {
  test('keeps a file with the type of its extension, returns it and removes it', async () => {
    const url = `${face.url('media')}live/main/index.m3u8`;
    expect((await fetch(url, { method: 'PUT', body: '#EXTM3U\n' })).status).toBe(200);
    expect(buckets.get('media').objects.get('live/main/index.m3u8')?.headers).toEqual({
      'content-type': 'application/vnd.apple.mpegurl',
    });
    expect(await (await fetch(url)).text()).toBe('#EXTM3U\n');
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(url)).status).toBe(404);
  });

  test('refuses a request without the token, and other methods', async () => {
    const { origin } = new URL(face.url('media'));
    expect((await fetch(`${origin}/guess/media/live/x.ts`, { method: 'PUT', body: 'x' })).status).toBe(404);
    expect((await fetch(`${face.url('media')}live/x.ts`, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  test('refuses a bucket that does not exist', async () => {
    expect((await fetch(`${face.url('elsewhere')}x.ts`, { method: 'PUT', body: 'x' })).status).toBe(404);
  });
});
