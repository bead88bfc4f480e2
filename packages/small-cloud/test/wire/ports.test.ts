import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiServer } from '../../src/api-server';
import { Buckets } from '../../src/services/kit/objects/buckets';
import { EncoderFace } from '../../src/services/kit/objects/encoder-face';
import { OriginFace } from '../../src/services/kit/objects/origin-face';
import { Credentials } from '../../src/wire/credentials';
import { LocalNames } from '../../src/wire/local-names';
import { quietCloud } from '../cloudformation/quiet-cloud';
import { Bench } from '../mediapackage/fixture';
import { rawAnswer } from './wire';

const folder = mkdtempSync(join(tmpdir(), 'ports-'));
const cloud = quietCloud({ names: new LocalNames(), folder });
const buckets = new Buckets(folder, 'aws');
const api = new ApiServer(cloud, {
  services: [],
  credentials: new Credentials(),
  responses: { receive: () => ({ status: 200 }) },
});
const encoderFace = new EncoderFace(buckets, () => {});
const originFace = new OriginFace(buckets, cloud, () => {});
let packager: Bench;
const ports = new Map<string, string>();

beforeAll(async () => {
  packager = await Bench.start();
  await packager.create('ChannelGroup', { ChannelGroupName: 'live' });
  await packager.create('Channel', { ChannelGroupName: 'live', ChannelName: 'main', InputType: 'CMAF' });
  await Promise.all([api.start(), encoderFace.start()]);
  ports.set('the API', api.url);
  ports.set('the packager', packager.base);
  ports.set('the encoder’s side of S3', new URL(encoderFace.url('site')).origin);
  ports.set('the edge’s side of S3', `http://127.0.0.1:${await originFace.port()}`);
});

afterAll(async () => {
  await Promise.all([api.stop(), packager.stop(), encoderFace.stop(), originFace.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Returns the status of the answer to a request. */
async function statusOf(port: string, target: string, ...headers: readonly string[]): Promise<number> {
  const base = ports.get(port) ?? '';
  const host = headers.some((header) => header.startsWith('Host:')) ? [] : [`Host: ${new URL(base).host}`];
  const answer = await rawAnswer(base, [`GET ${target} HTTP/1.1`, ...host, ...headers, 'Connection: close', '']);
  return Number(answer.split(' ')[1]);
}

describe.each(['the API', 'the packager', 'the encoder’s side of S3', 'the edge’s side of S3'])('%s', (port) => {
  test('refuses requests of web pages', async () => {
    expect(await statusOf(port, '/', 'Origin: http://evil.example')).toBe(403);
    expect(await statusOf(port, '/', 'Sec-Fetch-Site: cross-site')).toBe(403);
    expect(await statusOf(port, '/', 'Host: evil.example')).toBe(403);
  });

  test.each(['//', '//[/', '///../..', '/%zz', '/in/v1/%ff', 'http://[/', 'http://evil.example/'])(
    'answers %s with a refusal, and lives',
    async (target) => {
      const status = await statusOf(port, target);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(await statusOf(port, '/')).toBeGreaterThanOrEqual(400);
    },
  );
});
