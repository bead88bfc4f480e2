import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Processes } from '../../../../src/host/processes';
import { FIRST_OF_EACH } from '../../../../src/services/medialive/contract/passed-audio';
import { PushEndpoint } from '../../../../src/services/medialive/contract/push-endpoint';
import type { Tag } from '../../../../src/services/medialive/ingest/rtmp/flv';
import { RtmpIngest } from '../../../../src/services/medialive/ingest/rtmp-ingest';
import { FakeCloud } from '../../fakes';
import { make } from '../../field';
import { until } from '../../fixture';
import { Received, realMeans } from '../received';
import { RtmpClient } from './client';

jest.setTimeout(300_000);

const FFMPEG = process.env['FFMPEG_PATH'] || 'ffmpeg';
const PORT = 18_640;

let cloud: FakeCloud;
let processes: Processes;
let ingest: RtmpIngest;
let client: RtmpClient;
let received: Received;
let receiving: boolean[];

beforeEach(async () => {
  cloud = new FakeCloud();
  processes = new Processes(cloud.folder);
  received = new Received();
  receiving = [];
  const ports = { take: async () => PORT, release: () => {} };
  const endpoint = await PushEndpoint.open({ tcp: ports, udp: ports }, 'rtmp', 'live/key');
  const means = realMeans(cloud, processes);
  const source = { kind: 'push', endpoint, srt: {} } as const;
  const told = (isReceiving: boolean) => void receiving.push(isReceiving);
  ingest = new RtmpIngest({ node: 'input main', source, sink: received, means, onReceiving: told }, FIRST_OF_EACH);
  ingest.start();
  await until('the listener', () => ingest.status().state === 'waiting');
  client = await RtmpClient.open(PORT);
  client.publish('live', 'key');
});

afterEach(async () => {
  client.close();
  await ingest.stop();
  await processes.stop();
  cloud.remove();
});

describe('an RTMP input', () => {
  test('decodes what comes behind other video parameters in the same connection', async () => {
    const small = tags('small.flv', 's=320x180');
    const large = tags('large.flv', 's=640x360');
    const end = small.at(-1)?.timestamp ?? 0;
    for (const tag of [...small, ...large.map((each) => ({ ...each, timestamp: each.timestamp + end + 33 }))]) {
      client.tag(tag);
    }
    await until('the first stretch', () => received.stretches.length > 1, 120);
    client.close();
    await until('the second stretch', () => received.stretches.length > 2, 120);
    expect(received.stretches.slice(0, 2).map(decoded)).toEqual([
      { size: '320x180', complaints: '' },
      { size: '640x360', complaints: '' },
    ]);
    expect(receiving).toEqual([true, false]);
  });

  test('says that a publisher has no video, and takes the next one', async () => {
    const start = performance.now() / 1000;
    for (let index = 0; !client.isClosed && index < 2000; index += 1) {
      const timestamp = Math.round((performance.now() / 1000 - start) * 1000);
      client.tag({ type: 8, timestamp, data: Buffer.from([0xaf, index === 0 ? 0 : 1, 0x11, 0x90]) });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const sentence = 'it has sent no video for 5 s; RTMP inputs need H.264 beside the audio';
    expect(cloud.told).toContain(`input main: refused a publisher: ${sentence}`);
    client = await RtmpClient.open(PORT);
    client.publish('live', 'key');
    for (const tag of tags('next.flv', 's=320x180')) client.tag(tag);
    await until('media', () => receiving.includes(true), 120);
  });
});

/** The tags of an FLV file of one second, made by ffmpeg. */
function tags(name: string, size: string): readonly Tag[] {
  const sources = `-f lavfi -i testsrc2=${size}:r=30:d=1 -f lavfi -i sine=d=1`;
  make(cloud.folder, name, `${sources} -c:v libx264 -preset ultrafast -pix_fmt yuv420p -tune zerolatency -c:a aac`);
  const bytes = readFileSync(join(cloud.folder, name));
  const found: Tag[] = [];
  for (let at = 13; at + 11 <= bytes.length; ) {
    const length = bytes.readUIntBE(at + 1, 3);
    const type = bytes.readUInt8(at) as Tag['type'];
    const timestamp = bytes.readUIntBE(at + 4, 3);
    found.push({ type, timestamp, data: bytes.subarray(at + 11, at + 11 + length) });
    at += 11 + length + 4;
  }
  return found;
}

/** Decodes a stretch: the size of its frames, and the complaints of ffmpeg. */
function decoded(stretch: Buffer): { readonly size: string; readonly complaints: string } {
  const words = '-hide_banner -v error -f mpegts -i pipe:0 -map 0:v -f rawvideo -pix_fmt gray pipe:1'.split(' ');
  const { stdout, stderr } = spawnSync(FFMPEG, words, { input: stretch, maxBuffer: 100_000_000 });
  const sizes = [
    [320, 180],
    [640, 360],
  ] as const;
  const size = sizes.find(([width, height]) => Math.abs(stdout.length / (width * height) - 30) < 2);
  return { size: size === undefined ? `${stdout.length} bytes` : size.join('x'), complaints: stderr.toString() };
}
