import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Processes } from '../../../src/host/processes';
import { FIRST_OF_EACH } from '../../../src/services/medialive/contract/passed-audio';
import type { IngestSource } from '../../../src/services/medialive/contract/pipeline-source';
import { PushEndpoint, type PushProtocol } from '../../../src/services/medialive/contract/push-endpoint';
import type { Ingest } from '../../../src/services/medialive/ingest/ingest';
import { pipelineIngest } from '../../../src/services/medialive/ingest/pipeline-ingest';
import { FakeCloud } from '../fakes';
import { make, tones } from '../field';
import { until } from '../fixture';
import { Received, realMeans } from './received';

jest.setTimeout(300_000);

const FFMPEG = process.env['FFMPEG_PATH'] || 'ffmpeg';
const SECONDS = 4;
const OTHER_PIDS = '-mpegts_start_pid 0x200';
const OTHER_MAP = `${OTHER_PIDS} -mpegts_pmt_start_pid 0x1010`;
/** Bytes of a datagram: seven packets of a transport stream. */
const DATAGRAM = 1316;
const AGAIN = 'goes on with other packet ids (a new program map), and is taken in anew';

let cloud: FakeCloud;
let processes: Processes;
let ingest: Pick<Ingest, 'start' | 'stop'>;
let publishers: ChildProcess[];
let server: Server | undefined;
let port = 18_660;
let received: Received;

beforeEach(() => {
  cloud = new FakeCloud();
  processes = new Processes(cloud.folder);
  publishers = [];
  received = new Received();
  port += 2;
});

afterEach(async () => {
  await ingest.stop();
  for (const publisher of publishers) publisher.kill('SIGKILL');
  await processes.stop();
  server?.close();
  server = undefined;
  cloud.remove();
});

describe('a transport stream that goes on with other packet ids', () => {
  test.each([
    ['its program map keeps its own', OTHER_PIDS, false],
    ['its program map has another, too', OTHER_MAP, true],
  ])('is played on from there in a file of S3, then from its beginning, when %s', async (_what, options, isAnew) => {
    const path = joined(options);
    start(
      {
        kind: 'file',
        url: 's3ssl://media/joined.ts',
        object: { bucket: 'media', key: 'joined.ts' },
        loop: true,
        isTransportStream: true,
      },
      path,
    );
    await heard([440, 880, 440]);
    expect(cloud.told.includes(`input main: s3ssl://media/joined.ts ${AGAIN}`)).toBe(isAnew);
  });

  test.each([true, false])('is played on from there in a file of a web server (with ranges: %s)', async (ranges) => {
    const web = await serve({ '/joined.ts': readFileSync(joined(OTHER_MAP)) }, ranges);
    start({ kind: 'file', url: `${web}/joined.ts`, object: undefined, loop: false, isTransportStream: true });
    await heard([440, 880]);
  });

  test('goes on without an interruption in HLS, when its program map keeps its packet id', async () => {
    joined(OTHER_PIDS);
    const web = await serve(segments());
    start({ kind: 'pull', protocol: 'hls', url: `${web}/index.m3u8`, srt: {} });
    await heard([440, 880]);
    expect(received.stretches).toHaveLength(1);
  });

  test.each<readonly [PushProtocol, string, boolean]>([
    ['srt', OTHER_PIDS, false],
    ['udp', OTHER_PIDS, false],
    ['udp', OTHER_MAP, true],
    ['rtp', OTHER_PIDS, true],
    ['rtp', OTHER_MAP, true],
  ])('goes on over %s with "%s" (taken in anew: %s)', async (protocol, options, isAnew) => {
    const path = joined(options);
    const source = await pushed(protocol);
    start(source);
    await until('the listener', () => cloud.told.some((line) => line.includes('waiting for a publisher')));
    // ffmpeg says nowhere when it listens.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const sent = publish(protocol, source.endpoint.url, readFileSync(path));
    await heard([440, 880]);
    expect(cloud.told.includes(`input main: the input ${AGAIN}`)).toBe(isAnew);
    await sent;
  });
});

function start(source: IngestSource, path?: string): void {
  const means = realMeans(cloud, processes, path);
  const options = { node: 'input main', source, sink: received, means, onReceiving: () => {} };
  ingest = pipelineIngest(options, FIRST_OF_EACH);
  ingest.start();
}

async function pushed(protocol: PushProtocol) {
  const ports = { take: async () => port, release: () => {} };
  const endpoint = await PushEndpoint.open({ tcp: ports, udp: ports }, protocol, '');
  return { kind: 'push', endpoint, srt: {} } as const;
}

/** Joins two transport streams, whose tones tell them apart; their files stay beside it. */
function joined(options: string): string {
  const part = (tone: number, words: string) => {
    const sources = `-f lavfi -i testsrc2=s=160x90:r=30:d=${SECONDS} -f lavfi -i sine=f=${tone}:r=48000:d=${SECONDS}`;
    const codecs = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 15 -bf 0 -c:a aac';
    return readFileSync(make(cloud.folder, `${tone}.ts`, `${sources} ${codecs} ${words}`.trim()));
  };
  const path = join(cloud.folder, 'joined.ts');
  const parts = [part(440, '-output_ts_offset 0'), part(880, `-output_ts_offset ${SECONDS} ${options}`)];
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

/** The two parts as an HLS recording. */
function segments(): Readonly<Record<string, Buffer>> {
  const read = (tone: number) => readFileSync(join(cloud.folder, `${tone}.ts`));
  const head = `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:${SECONDS}\n`;
  const list = `#EXTINF:${SECONDS},\n440.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:${SECONDS},\n880.ts\n#EXT-X-ENDLIST\n`;
  return { '/index.m3u8': Buffer.from(head + list), '/440.ts': read(440), '/880.ts': read(880) };
}

async function serve(files: Readonly<Record<string, Buffer>>, ranges = true): Promise<string> {
  const found = createServer(({ url = '', headers }, response) => {
    const file = files[url] ?? Buffer.alloc(0);
    const [, from, to] = (ranges && /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '')) || [];
    if (from === undefined) return void response.end(file);
    const until = to ? Number(to) + 1 : file.length;
    const range = `bytes ${from}-${until - 1}/${file.length}`;
    response
      .writeHead(206, { 'accept-ranges': 'bytes', 'content-range': range })
      .end(file.subarray(Number(from), until));
  });
  server = found;
  await new Promise<void>((resolve) => found.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(found.address() as AddressInfo).port}`;
}

/** Sends a file in about the time that it lasts. */
async function publish(protocol: PushProtocol, url: string, file: Buffer): Promise<void> {
  const send = protocol === 'srt' ? srtSender(url) : datagramSender(protocol, url);
  const begun = performance.now();
  for (let at = 0; at < file.length; at += DATAGRAM) {
    const due = begun + (at / file.length) * 2 * SECONDS * 1000;
    if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    send(file.subarray(at, at + DATAGRAM));
  }
}

/** Sends the bytes as they are. A muxer of ffmpeg would make packet ids of its own. */
function srtSender(url: string): (bytes: Buffer) => void {
  const raw = '-v error -probesize 32 -f data -i pipe:0 -map 0 -c copy -flush_packets 1 -f data'.split(' ');
  const child = spawn(FFMPEG, [...raw, `${url}?mode=caller`], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.on('error', () => {});
  publishers.push(child);
  return (bytes) => void child.stdin.write(bytes);
}

function datagramSender(protocol: PushProtocol, url: string): (bytes: Buffer) => void {
  const socket = createSocket('udp4').unref();
  const to = Number(new URL(url.replace(/^\w+/, 'http')).port);
  let sequence = 0;
  return (bytes) => {
    const head = Buffer.alloc(protocol === 'rtp' ? 12 : 0);
    if (protocol === 'rtp') {
      head.writeUInt16BE(0x8021, 0);
      head.writeUInt16BE(sequence++ & 0xffff, 2);
      head.writeUInt32BE(Math.round(performance.now() * 90) % 2 ** 32, 4);
    }
    socket.send(Buffer.concat([head, bytes]), to, '127.0.0.1');
  };
}

/** Waits for tones that follow one another, each for a second. */
async function heard(expected: readonly number[]): Promise<void> {
  const found = () => {
    const all = received.stretches
      .filter(({ length }) => length > 0)
      .flatMap((stretch) => {
        const file = join(cloud.folder, 'stretch.ts');
        writeFileSync(file, stretch);
        return tones(file);
      });
    const steady = all.filter((tone, index) => tone === all[index + 1]);
    return steady.filter((tone, index) => tone !== 0 && tone !== steady[index - 1]);
  };
  let last: readonly number[] = [];
  const isThere = async () => {
    last = found();
    return expected.every((tone, index) => last[index] === tone);
  };
  for (let tries = 0; tries < 30 && !(await isThere()); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  expect(last.slice(0, expected.length)).toEqual(expected);
}
