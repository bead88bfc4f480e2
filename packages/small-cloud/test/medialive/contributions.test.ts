import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../src/contract';
import { type Ffmpeg, findFfmpeg } from '../../src/host/ffmpeg';
import { Processes } from '../../src/host/processes';
import { FreePorts, PushEndpoint } from '../../src/services/medialive/contract/push-endpoint';
import { ingestArguments } from '../../src/services/medialive/ingest/ingest-arguments';
import { MediaLive } from '../../src/services/medialive/media-live';
import { FakeCloud, FakePackager } from './fakes';
import { channel, encoderSettings, request, until } from './fixture';

const GENERATED = 'testsrc2=s=320x180:r=30[out0];sine=r=48000[out1]';
const CODECS = '-c:v libx264 -preset ultrafast -tune zerolatency -g 30 -c:a aac'.split(' ');
const FIRST_PORT = 19_850;

let ffmpeg: Ffmpeg;
let cloud: FakeCloud;
let packager: FakePackager;
let processes: Processes;
let service: MediaLive;
let others: ChildProcess[];
let web: Server | undefined;

beforeEach(async () => {
  ffmpeg = await findFfmpeg();
  cloud = new FakeCloud();
  packager = new FakePackager();
  await packager.start();
  processes = new Processes(cloud.folder);
  others = [];
  const objects = { file: () => undefined };
  const ports = { rtmpPort: FIRST_PORT + 50, datagramPort: FIRST_PORT };
  service = new MediaLive(cloud, { ffmpeg, processes, packager, objects, ...ports, preset: 'ultrafast' });
});

afterEach(async () => {
  for (const other of others) other.kill('SIGKILL');
  await service.stop();
  await processes.stop();
  await packager.stop();
  web?.close();
  web?.closeAllConnections();
  web = undefined;
  cloud.remove();
});

describe('the local MediaLive', () => {
  test.each([
    ['MP4_FILE', 'clip.mp4'],
    ['TS_FILE', 'clip.ts'],
  ])('plays an input of type %s from a web server of this machine, again and again', async (type, name) => {
    make(['-t', '1'], [name]);
    await run({ Type: type, Sources: [{ Url: `${await serve()}/${name}` }] });
    await encoded(2.5);
    expect(status('input source')).toBe('running: playing the file');
  });

  test('pulls HLS, and tries again with an alert while it is not there', async () => {
    const url = `${await serve()}/live.m3u8`;
    await run({ Type: 'URL_PULL', Sources: [{ Url: url }] });
    await until('the alert', () => alerts().includes('SET Video Not Detected'));
    expect(status('input source')).toMatch(/^(failed|starting): .*live\.m3u8/);
    expect(cloud.told.filter((line) => line.includes('cannot be read'))).toHaveLength(1);
    make(['-t', '6'], ['-f', 'hls', '-hls_time', '1', '-hls_list_size', '0', 'live.m3u8']);
    await until('its end', () => alerts().includes('CLEARED Video Not Detected'));
    await encoded(1);
  });

  test('begins a pulled stream anew where its parameters change, instead of decoding with the old ones', async () => {
    const hls = (name: string) =>
      `-f hls -hls_time 1 -hls_list_size 0 -hls_segment_type fmp4 -hls_fmp4_init_filename ${name}.mp4 ${name}.m3u8`;
    make(['-t', '4'], hls('one').split(' '));
    make(['-t', '4', '-vf', 'scale=160:90'], hls('two').split(' '));
    const [one = '', two = ''] = ['one', 'two'].map((name) =>
      readFileSync(join(cloud.folder, `${name}.m3u8`), 'utf8').replace('#EXT-X-ENDLIST\n', ''),
    );
    writeFileSync(join(cloud.folder, 'live.m3u8'), one);
    const url = `${await serve()}/live.m3u8`;
    await run({ Type: 'URL_PULL', Sources: [{ Url: url }] });
    await encoded(1);
    const change = `#EXT-X-DISCONTINUITY\n${two.slice(two.indexOf('#EXT-X-MAP'))}`;
    writeFileSync(join(cloud.folder, 'live.m3u8'), `${one}${change}`);
    const words = `input source: ${url} goes on with other parameters (EXT-X-MAP), and is begun anew`;
    await until('the change', () => cloud.told.includes(words), 120);
    await until('a second session', () => packager.sessions().length === 2, 120);
  });

  test('pulls nothing from outside, though a playlist on this machine leads there', async () => {
    make(['-t', '3'], [...'-f hls -hls_time 1 -hls_base_url http://203.0.113.7/ live.m3u8'.split(' ')]);
    await run({ Type: 'URL_PULL', Sources: [{ Url: `${await serve()}/live.m3u8` }] });
    await until('the refusal', () => status('input source').startsWith('failed'), 120);
    expect(status('input source')).toMatch(
      /cannot be read: it leads to another machine, and the local run loads nothing/,
    );
    expect(packager.posts).toEqual([]);
  });

  test.each([
    ['without video', '-vn', 'sound.ts', 'TS_FILE', 'has no video, and an input needs it'],
    [
      'in a codec that MediaLive does not take',
      '-c:v mpeg4',
      'part2.mp4',
      'MP4_FILE',
      'is not taken: its video is mpeg4; MP4 files of MediaLive take H.264, HEVC, MPEG-2',
    ],
    [
      'with audio that MediaLive does not take',
      '-c:a mp3',
      'mp3.mp4',
      'MP4_FILE',
      'is not taken: its audio is mp3; MP4 files of MediaLive take AAC',
    ],
  ])('refuses a file %s, in a sentence', async (...[, codec, name, type, sentence]) => {
    make(['-t', '2'], [...codec.split(' '), name]);
    const url = `${await serve()}/${name}`;
    await run({ Type: type, Sources: [{ Url: url }] });
    await until('the refusal', () => cloud.told.includes(`input source: ${url} ${sentence}`), 120);
    expect(packager.posts).toEqual([]);
  });

  test('plays a file to its end although its audio is shorter, without beginning again', async () => {
    make(['-t', '8'], ['-af', 'atrim=end=1', 'short.mp4']);
    await run({ Type: 'MP4_FILE', Sources: [{ Url: `${await serve()}/short.mp4` }] });
    await encoded(7);
    expect(packager.sessions()).toHaveLength(1);
  });

  test.each(['SRT_LISTENER', 'RTP_PUSH', 'UDP_PUSH'])('takes a publisher of %s, and its return', async (type) => {
    const srt: Properties =
      type === 'SRT_LISTENER' ? { SrtSettings: { SrtListenerSettings: { MinimumLatency: 200 } } } : {};
    await run({ Type: type, InputSecurityGroups: [await group()], ...srt });
    await until('waiting', () => status('input source').startsWith('waiting'));
    const first = publish();
    await encoded(1);
    first.kill('SIGKILL');
    await until('the loss', () => cloud.told.includes('input source: the publisher has gone'));
    await until('waiting', () => status('input source').startsWith('waiting'));
    publish();
    await until('a second session', () => packager.sessions().length === 2);
  });

  test('loses nothing of an RTP publisher who has just begun, such as the only keyframe', async () => {
    const ports = FreePorts.udp(FIRST_PORT + 80);
    const endpoint = await PushEndpoint.open({ tcp: ports, udp: ports }, 'rtp', '');
    const args = ingestArguments({ kind: 'push', endpoint, srt: {} });
    const ingest = spawn(ffmpeg.path, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    others.push(ingest);
    const received: Buffer[] = [];
    ingest.stdout.on('data', (bytes: Buffer) => received.push(bytes));
    const bound = `0100007F:${endpoint.port.toString(16).toUpperCase()} `;
    const sockets = '/proc/net/udp';
    if (existsSync(sockets)) await until('a socket', () => readFileSync(sockets, 'latin1').includes(bound));
    else await new Promise((resolve) => setTimeout(resolve, 5000));
    const output = ['-g', '100000', '-f', 'rtp_mpegts', `${endpoint.url}?pkt_size=1316`];
    start(['-re', '-f', 'lavfi', '-i', GENERATED, ...CODECS, ...output]);
    // The parameters of the video go before each keyframe.
    const parameters = Buffer.from([0, 0, 1, 0x67]);
    await until('a keyframe', () => Buffer.concat(received).includes(parameters));
  });

  test('moves a datagram port that another program holds, and says so', async () => {
    await run({ Type: 'UDP_PUSH', InputSecurityGroups: [await group()] }, async () => {
      start(['-f', 'mpegts', '-i', `udp://127.0.0.1:${FIRST_PORT}?localaddr=127.0.0.1`, '-f', 'null', '-']);
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    await until('the move', () => cloud.told.some((line) => line.includes(`port ${FIRST_PORT} is taken`)));
    expect(service.publishUrls()[0]?.url).not.toContain(`:${FIRST_PORT}`);
  });

  test('calls an SRT listener', async () => {
    const to = `srt://127.0.0.1:${FIRST_PORT + 40}?mode=listener`;
    start(['-re', '-f', 'lavfi', '-i', GENERATED, ...CODECS, '-f', 'mpegts', to]);
    const caller = { SrtListenerAddress: '127.0.0.1', SrtListenerPort: String(FIRST_PORT + 40), MinimumLatency: 200 };
    await run({ Type: 'SRT_CALLER', SrtSettings: { SrtCallerSources: [caller] } });
    await encoded(1);
  });

  test('pulls RTMP, and says so when it has ended', async () => {
    const url = `rtmp://127.0.0.1:${FIRST_PORT + 60}/live/a`;
    const source = ['-f', 'lavfi', '-i', GENERATED, ...CODECS, '-f', 'flv'];
    const server = start(['-re', ...source, '-listen', '1', url]);
    await run({ Type: 'RTMP_PULL', Sources: [{ Url: url }] });
    await encoded(1);
    server.kill('SIGKILL');
    await until('the end', () => cloud.told.includes(`input source: ${url} has ended; trying it again`));
    await until('the alert', () => alerts().at(-1) === 'SET Video Not Detected');
  });

  test('runs a stand-in for a source that cannot exist in the local run, and says so once', async () => {
    await run({ Type: 'INPUT_DEVICE', InputDevices: [{ Id: 'hd-1' }] });
    await encoded(1);
    const line = 'STAND-IN: a test picture, because an AWS Elemental Link device cannot exist in the local run';
    expect(status('input source')).toBe(`degraded: ${line}`);
    expect(cloud.told.filter((told) => told === `input source: ${line}`)).toHaveLength(1);
  });
});

/** Makes a file with video and audio in the folder of the cloud. */
function make(length: readonly string[], output: readonly string[]): void {
  const args = ['-loglevel', 'error', '-f', 'lavfi', '-i', GENERATED, ...length, ...CODECS, ...output];
  execFileSync(ffmpeg.path, args, { cwd: cloud.folder });
}

/** Serves the folder of the cloud, ranges as well. */
async function serve(): Promise<string> {
  const server = createServer((asked, answer) => {
    const file = join(cloud.folder, asked.url ?? '');
    if (!existsSync(file)) return answer.writeHead(404).end();
    const { size } = statSync(file);
    const start = Number(/^bytes=(\d+)-/.exec(asked.headers.range ?? '')?.[1] ?? 0);
    const ranged = { 'accept-ranges': 'bytes', 'content-range': `bytes ${start}-${size - 1}/${size}` };
    answer.writeHead(asked.headers.range === undefined ? 200 : 206, { ...ranged, 'content-length': size - start });
    return createReadStream(file, { start }).pipe(answer);
  });
  web = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function create(type: string, properties: Properties): Promise<string> {
  const provider = service.resources[type];
  if (provider === undefined) throw new Error(`there is no provider of ${type}`);
  return (await provider.create(request(type, properties))).physicalId;
}

function group(): Promise<string> {
  return create('AWS::MediaLive::InputSecurityGroup', { WhitelistRules: [{ Cidr: '127.0.0.1/32' }] });
}

async function run(input: Properties, before: () => Promise<void> = async () => {}): Promise<void> {
  const inputId = await create('AWS::MediaLive::Input', { Name: 'source', ...input });
  const settings = { EncoderSettings: encoderSettings({ sizes: [{ width: 160, height: 90 }] }) };
  const id = await create('AWS::MediaLive::Channel', channel(inputId, settings));
  await before();
  const asked = {
    method: 'POST',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.alloc(0),
    roleArn: undefined,
  };
  await service.api['medialive']?.({ ...asked, path: `/prod/channels/${id}/start` });
}

function start(args: readonly string[]): ChildProcess {
  const child = spawn(ffmpeg.path, ['-nostdin', '-loglevel', 'quiet', ...args], { stdio: 'ignore' });
  others.push(child);
  return child;
}

/** Publishes by the command line that the service proposes. */
function publish(): ChildProcess {
  const child = spawn('sh', ['-c', `exec ${service.publishUrls()[0]?.example} 2>/dev/null`], { stdio: 'ignore' });
  others.push(child);
  return child;
}

/** Waits until so many seconds of video were posted. */
async function encoded(seconds: number): Promise<void> {
  const posted = () => packager.posts.filter(({ track }) => track.endsWith('.cmfv'));
  const fragments = () => posted().map(({ bytes }) => bytes.toString('latin1').split('mdat').length - 1);
  await until(`${seconds} s of video`, () => Math.max(0, ...fragments()) >= seconds * 2);
}

/** The alert events so far: `SET Video Not Detected`. */
function alerts(): readonly string[] {
  const told = cloud.put.filter(({ detailType }) => detailType === 'MediaLive Channel Alert');
  return told.map(({ detail }) => `${detail['alarm_state']} ${detail['alert_type']}`);
}

function status(node: string): string {
  const found = service.status().find((each) => each.node === node);
  return `${found?.state}: ${found?.detail}`;
}
