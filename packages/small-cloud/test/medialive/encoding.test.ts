import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../src/contract';
import { type Ffmpeg, findFfmpeg } from '../../src/host/ffmpeg';
import { MediaLive } from '../../src/services/medialive/media-live';
import { channelWith, fileInput, pushInput, SIZES } from './encoded-inputs';
import { FakeCloud, FakePackager, type Posted } from './fakes';
import { channel, encoderSettings, request, until } from './fixture';
import { NotedProcesses } from './noted-processes';
import { boxes, PostedMedia, seconds, steps } from './posted-media';
import { type Publisher, startPublisher } from './publisher';

const RTMP_PORT = 19_350;

let ffmpeg: Ffmpeg;
let cloud: FakeCloud;
let packager: FakePackager;
let processes: NotedProcesses;
let service: MediaLive;
let media: PostedMedia;
let publishers: Publisher[];
let stored: Set<string>;

beforeEach(async () => {
  ffmpeg = await findFfmpeg();
  cloud = new FakeCloud();
  packager = new FakePackager();
  await packager.start();
  processes = new NotedProcesses(cloud.folder);
  media = new PostedMedia(ffmpeg.path, cloud.folder);
  publishers = [];
  const file = join(cloud.folder, 'clip.mp4');
  stored = new Set(['clip.mp4']);
  const objects = { file: (_bucket: string, key: string) => (stored.has(key) ? file : undefined) };
  const buckets = { bucket: () => ({ arn: 'arn:aws:s3:::media', url: 'http://127.0.0.1/' }) };
  const options = { ffmpeg, processes, packager, objects, buckets };
  service = new MediaLive(cloud, { ...options, rtmpPort: RTMP_PORT, preset: 'ultrafast' });
});

afterEach(async () => {
  for (const publisher of publishers) publisher.kill('SIGKILL');
  await service.stop();
  await processes.stop();
  await packager.stop();
  cloud.remove();
});

describe('the local MediaLive with a file', () => {
  test('encodes every rendition at its size and rate, keyframes together, over the seam of the loop', async () => {
    makeClip(['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25[out0];sine=r=44100[out1]', '-t', '3']);
    await run(await fileInput(service));
    await until('4 s of video', () => seconds(post('video-320x180.cmfv')) >= 4.5);
    await stop();

    const [large, small] = SIZES.map(({ width, height }) => media.probe(post(`video-${width}x${height}.cmfv`)));
    expect([large?.width, large?.height, small?.width, small?.height]).toEqual([320, 180, 160, 90]);
    expect(large?.times.slice(0, 4)).toEqual(['0.000000', '0.033333', '0.066667', '0.100000']);
    expect(large?.times).toHaveLength(new Set(large?.times).size);
    expect(large?.keyframes.slice(0, 5)).toEqual(['0.000000', '1.000000', '2.000000', '3.000000', '4.000000']);
    expect(small?.keyframes).toEqual(large?.keyframes);
    expect(steps(media.probe(post('audio.cmfa')).times, 1024 / 48_000)).toBe(true);
    expect(boxes(post('video-320x180.cmfv')).slice(0, 4)).toEqual(['ftyp', 'moov', 'moof', 'mdat']);
    expect(boxes(post('video-320x180.cmfv'))).not.toContain('mfra');
  });

  test('keeps video and audio together to a frame, from loop to loop', async () => {
    const flash = "color=black:s=320x180:r=30,drawbox=color=white:t=fill:enable='between(t,0.4,0.6)'[out0]";
    const beep = "aevalsrc='if(between(t,0.4,0.6),0.8*sin(2*PI*1000*t),0)':s=48000[out1]";
    makeClip(['-f', 'lavfi', '-i', `${flash};${beep}`, '-t', '1']);
    await run(await fileInput(service));
    await until('4.5 s of video', () => seconds(post('video-320x180.cmfv')) >= 4.5);
    await stop();
    const seen = media.filtered(
      post('video-320x180.cmfv'),
      ['-vf', 'blackdetect=d=0.1:pix_th=0.2'],
      /black_end:([\d.]+)/g,
    );
    const heard = media.filtered(post('audio.cmfa'), ['-af', 'silencedetect=d=0.1:n=-30dB'], /silence_end: ([\d.]+)/g);
    const apart = seen.slice(0, 4).map((time, index) => Math.abs(time - (heard[index] ?? 0)));
    expect(apart).toHaveLength(4);
    expect(Math.max(...apart)).toBeLessThan(1 / 30);
  });

  test('encodes silence for a file without audio', async () => {
    makeClip(['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30', '-t', '2']);
    await run(await fileInput(service));
    await until('2 s of video', () => seconds(post('video-320x180.cmfv')) >= 2);
    await stop();
    const audio = seconds(post('audio.cmfa'));
    expect(Math.abs(audio - seconds(post('video-320x180.cmfv')))).toBeLessThan(1);
    expect(cloud.told).toContain('encoder main: the input has no audio; silence is encoded');
  });

  test('goes on in silence where the file lacks the language that is chosen', async () => {
    makeClip(['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30[out0];sine=frequency=440[out1]', '-t', '2']);
    const selection = { AudioLanguageSelection: { LanguageCode: 'deu', LanguageSelectionPolicy: 'STRICT' } };
    await run(await fileInput(service), [{ Name: 'default', SelectorSettings: selection }]);
    await until('2 s of video', () => seconds(post('video-320x180.cmfv')) >= 2);
    await stop();
    expect(cloud.told).toContainEqual(
      expect.stringContaining('the input has no audio in deu: all are silent in the local run'),
    );
    expect(
      media.filtered(post('audio.cmfa'), ['-af', 'silencedetect=d=1:n=-60dB'], /silence_start: ([-\d.]+)/g),
    ).toHaveLength(1);
  });

  test('starts the encoder again, as another session, when it loses the packager', async () => {
    makeClip(['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30:d=3[out0];sine=d=3[out1]']);
    const id = await run(await fileInput(service));
    await until('a first session', () => seconds(post('video-320x180.cmfv')) >= 1);
    await packager.stop();
    await until('RECOVERING', () => state(id) === 'RECOVERING');
    await packager.start();
    await until('RUNNING again', () => state(id) === 'RUNNING');
    expect(packager.sessions()).toHaveLength(2);
    await stop();
  });

  test('leaves no process behind when the channel stops, and can start again', async () => {
    makeClip(['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30:d=3[out0];sine=d=3[out1]']);
    const id = await run(await fileInput(service));
    await until('an encoder', () => processes.running().length === 2);
    await call('POST', `/prod/channels/${id}/stop`);
    await until('IDLE', () => state(id) === 'IDLE');
    expect(processes.running()).toEqual([]);
    await call('POST', `/prod/channels/${id}/start`);
    await until('an encoder again', () => processes.running().length === 2);
    await stop();
    expect(processes.running()).toEqual([]);
  });

  test('encodes other renditions after it was stopped, updated and started again', async () => {
    makeClip(['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30:d=3[out0];sine=d=3[out1]']);
    const input = await fileInput(service);
    const id = await run(input);
    await until('a first session', () => seconds(post('video-320x180.cmfv')) >= 1);
    await call('POST', `/prod/channels/${id}/stop`);
    await until('IDLE', () => state(id) === 'IDLE');
    const properties = channel(input, { EncoderSettings: encoderSettings({ sizes: SIZES }) });
    const other = { ...properties, EncoderSettings: encoderSettings({ sizes: [{ width: 192, height: 108 }] }) };
    await service.resources['AWS::MediaLive::Channel']?.update?.(
      { physicalId: id, ref: id, attributes: {} },
      request('AWS::MediaLive::Channel', other),
      properties,
    );
    await call('POST', `/prod/channels/${id}/start`);
    await until('the other rendition', () => seconds(post('video-192x108.cmfv', 1)) >= 1);
    expect(post('video-320x180.cmfv', 1).bytes).toHaveLength(0);
    await stop();
    expect(processes.running()).toEqual([]);
  });

  test('runs without the clip, with an alert, until the clip is in its bucket', async () => {
    makeClip(['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30:d=3[out0];sine=d=3[out1]']);
    stored.delete('clip.mp4');
    await run(await fileInput(service));
    await until('the alert', () => alerts().includes('SET Video Not Detected'));
    expect(status('input clip')).toBe('failed: s3ssl://media/clip.mp4 cannot be read: there is no such object');
    stored.add('clip.mp4');
    await until('its end', () => alerts().includes('CLEARED Video Not Detected'));
    await until('a session', () => seconds(post('video-320x180.cmfv')) >= 0.5);
    await stop();
  });

  test('begins another session when its pipelines are restarted', async () => {
    makeClip(['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30:d=3[out0];sine=d=3[out1]']);
    const id = await run(await fileInput(service));
    await until('a first session', () => seconds(post('video-320x180.cmfv')) >= 1);
    expect(await call('POST', `/prod/channels/${id}/restartChannelPipelines`)).toMatchObject({ state: 'RECOVERING' });
    await until('RUNNING', () => state(id) === 'RUNNING');
    await until('a second session', () => seconds(post('video-320x180.cmfv', 1)) >= 0.5);
    expect(processes.running()).toHaveLength(2);
    await stop();
  });
});

describe('the local MediaLive with a publisher', () => {
  test('encodes a publisher, pauses when it goes, and begins another session when it returns', async () => {
    const id = await run(await pushInput(service));
    expect(service.publishUrls()[0]?.url).toBe(`rtmp://127.0.0.1:${RTMP_PORT}/live/key`);
    await until('waiting', () => status('input camera').includes('waiting for a publisher at rtmp://127.0.0.1'));
    await until('alerts', () => alerts().includes('SET RTMP Has No Audio/Video'));
    const first = publish('live/key');
    await until('a first session', () => seconds(post('video-320x180.cmfv')) >= 1);
    first.kill('SIGKILL');
    await until('the end of the session', () => packager.posts.every(({ finished }) => finished));
    expect(state(id)).toBe('RUNNING');
    expect(status('encoder main')).toContain('waiting for input');
    publish('live/key');
    await until(
      'a second session',
      () => packager.sessions().length === 2 && seconds(post('video-320x180.cmfv', 1)) >= 1,
    );
    expect(alerts().slice(0, 4)).toEqual([
      'SET RTMP Has No Audio/Video',
      'SET Video Not Detected',
      'CLEARED RTMP Has No Audio/Video',
      'CLEARED Video Not Detected',
    ]);
    expect(media.probe(post('video-320x180.cmfv', 1)).times[0]).toBe('0.000000');
    expect(status('encoder main')).toMatch(/running|starting/);
    await stop();
  });

  test('takes a publisher that falls silent as gone', async () => {
    await run(await pushInput(service));
    const silent = publish('live/key');
    await until('a session', () => seconds(post('video-320x180.cmfv')) >= 0.5);
    silent.kill('SIGSTOP');
    await until('the end of the session', () => packager.posts.every(({ finished }) => finished));
    await until('waiting', () => status('input camera').startsWith('waiting'));
    await stop();
  });

  test('refuses a publisher with another stream key, in words', async () => {
    await run(await pushInput(service));
    await until('waiting', () => status('input camera').startsWith('waiting'));
    publish('live/guess', 1);
    const refusal = 'input camera: refused a publisher: its stream key is "guess", and "key" is needed';
    await until('the refusal', () => cloud.told.includes(refusal));
    publish('live/key');
    await until('a session', () => packager.posts.length > 0);
    expect(packager.sessions()).toHaveLength(1);
    await stop();
  });

  test('moves to the next port when another program holds the one it had, and says so', async () => {
    const input = await pushInput(service);
    const other = createServer().listen(RTMP_PORT, '127.0.0.1');
    await once(other, 'listening');
    await run(input);
    await until('the move', () => cloud.told.some((line) => line.includes(`port ${RTMP_PORT} is taken`)));
    expect(service.publishUrls()[0]?.url).toBe(`rtmp://127.0.0.1:${RTMP_PORT + 1}/live/key`);
    other.close();
    await stop();
  });
});

/** B-frames, as encoders of files use them, make the seam of a loop uneven. */
function makeClip(source: readonly string[]): void {
  const codecs = '-c:v libx264 -preset veryfast -bf 2 -g 50 -c:a aac'.split(' ');
  execFileSync(ffmpeg.path, ['-loglevel', 'error', ...source, ...codecs, join(cloud.folder, 'clip.mp4')]);
}

async function run(input: string, audioSelectors: readonly Properties[] = [{ Name: 'default' }]): Promise<string> {
  const id = await channelWith(service, input, audioSelectors);
  expect((await call('POST', `/prod/channels/${id}/start`)).status).toBe(200);
  await until('RUNNING', () => state(id) === 'RUNNING');
  return id;
}

async function stop(): Promise<void> {
  await service.stop();
}

async function call(method: string, path: string): Promise<Record<string, unknown>> {
  const asked = { method, path, query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0), roleArn: undefined };
  const answer = await service.api['medialive']?.(asked);
  return { ...JSON.parse(String(answer?.body)), status: answer?.status };
}

/** The alert events so far: `SET Video Not Detected`. */
function alerts(): readonly string[] {
  const told = cloud.put.filter(({ detailType }) => detailType === 'MediaLive Channel Alert');
  return told.map(({ detail }) => `${detail['alarm_state']} ${detail['alert_type']}`);
}

const states = new Map<string, unknown>();
function state(id: string): unknown {
  void call('GET', `/prod/channels/${id}`).then((answer) => states.set(id, answer['state']));
  return states.get(id);
}

function status(node: string): string {
  const found = service.status().find((each) => each.node === node);
  return `${found?.state}: ${found?.detail}`;
}

/** Starts a publisher that tries again until it is accepted. With one attempt it gives up. */
function publish(streamName: string, attempts = 10): Publisher {
  const publisher = startPublisher(ffmpeg.path, `rtmp://127.0.0.1:${RTMP_PORT}/${streamName}`, attempts);
  publishers.push(publisher);
  return publisher;
}

/** Returns the media that was posted to a track in the n-th session; nothing while there is none. */
function post(track: string, session = 0): Posted {
  const found = packager.posts.find((each) => each.track === track && each.session === packager.sessions()[session]);
  return found ?? { track, session: '', bytes: Buffer.alloc(0), finished: false };
}
