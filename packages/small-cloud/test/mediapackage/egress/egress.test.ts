import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ORIGIN_ACCESS } from '../../../src/contract';
import { Bench, ENDPOINT, Encoder, eventually, MANIFESTS, SIGNED, uris } from '../fixture';
import { madeInit } from '../made-media';

let bench: Bench;

beforeEach(async () => {
  bench = await Bench.start();
});

afterEach(() => bench.stop());

describe('an origin endpoint', () => {
  test('answers 404 before the first media, and then every manifest with its cache lifetime', async () => {
    await bench.createAll();
    expect((await bench.read('index.m3u8')).status).toBe(404);
    expect(bench.origin.status()).toEqual([{ node: 'origin', state: 'waiting', detail: 'no media yet' }]);
    await new Encoder(bench, 'a').send(5);
    const ages: Record<string, string | null> = {};
    for (const file of ['index.m3u8', 'index_video.m3u8', 'low-latency_audio.m3u8', 'dash.mpd']) {
      const answer = await eventually(
        () => bench.read(`${file}`),
        ({ status }) => status === 200,
      );
      ages[file] = `${answer.headers.get('content-type')} ${answer.headers.get('cache-control')}`;
    }
    expect(ages).toEqual({
      'index.m3u8': 'application/vnd.apple.mpegurl max-age=1',
      'index_video.m3u8': 'application/vnd.apple.mpegurl max-age=1',
      'low-latency_audio.m3u8': 'application/vnd.apple.mpegurl max-age=1',
      'dash.mpd': 'application/dash+xml max-age=1',
    });
    expect(bench.origin.status()).toMatchObject([{ node: 'origin', state: 'running' }]);
  });

  test('answers with the status that a drill asks for, until it asks no more', async () => {
    await bench.createAll();
    await new Encoder(bench, 'a').send(5);
    const status = async () => (await bench.read('index.m3u8')).status;
    await eventually(status, (found) => found === 200);
    bench.fault = 503;
    expect(await status()).toBe(503);
    bench.fault = undefined;
    expect(await status()).toBe(200);
  });

  test.each([
    ['become an error when the endpoint asks for it', ['STALE_MANIFEST'], 404],
    ['stay as they are otherwise', ['SLATE_INPUT'], 200],
  ])('has manifests that, while no new media arrives, %s', async (_, EndpointErrorConditions, status) => {
    const clock = jest.spyOn(performance, 'now');
    await bench.createAll({ ...MANIFESTS, ForceEndpointErrorConfiguration: { EndpointErrorConditions } });
    await new Encoder(bench, 'a').send(5);
    const files = ['index.m3u8', 'index_video.m3u8', 'dash.mpd'];
    const statuses = () => Promise.all(files.map(async (file) => (await bench.read(file)).status));
    await eventually(statuses, (found) => found.every((one) => one === 200));
    const later = performance.now() + 4000;
    clock.mockImplementation(() => later);
    expect(await statuses()).toEqual([status, status, status]);
    clock.mockRestore();
  });

  test('serves the init segment, the segments and the parts that its playlists list', async () => {
    await bench.playing(5);
    const text = (await bench.read('low-latency_video.m3u8')).body.toString();
    const init = /MAP:URI="([^"]+)"/.exec(text)?.[1];
    expect((await bench.read(`${init}`)).body).toEqual(madeInit('video'));
    const segment = await bench.read(`${uris(Buffer.from(text))[0]}`);
    expect(segment.headers.get('content-type')).toBe('video/mp4');
    expect(segment.headers.get('cache-control')).toBe('max-age=1209600');
    const parts = [...text.matchAll(/PART:[^\n]*URI="([^"]+)"/g)].map(([, uri]) => uri);
    const bodies = await Promise.all(parts.slice(0, 2).map(async (uri) => (await bench.read(`${uri}`)).body));
    expect(Buffer.concat(bodies)).toEqual(segment.body);
    expect(segment.body.toString('latin1')).toMatch(/video\.cmfv 0.*video\.cmfv 1/s);
  });

  test('holds back a playlist until the part that a player waits for exists', async () => {
    const encoder = await bench.playing(5);
    const before = (await bench.read('low-latency_video.m3u8')).body.toString();
    const first = Number(/MEDIA-SEQUENCE:(\d+)/.exec(before)?.[1]);
    const waiting = bench.read(`low-latency_video.m3u8?_HLS_msn=${first + 2}&_HLS_part=1`);
    expect(await Promise.race([waiting, soon('nothing yet')])).toBe('nothing yet');
    await encoder.send(1);
    expect((await waiting).body.toString()).toContain('-5.mp4');
  });

  test('answers at once when the segment that a player waits for exists', async () => {
    await bench.playing(5);
    const text = (await bench.read('low-latency_video.m3u8')).body.toString();
    const first = Number(/MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1]);
    for (const query of [`_HLS_msn=${first}`, `_HLS_msn=${first}&_HLS_part=1`, `_HLS_msn=${first}&_HLS_part=9`]) {
      const waiting = bench.read(`low-latency_video.m3u8?${query}`).then(({ status }) => status);
      expect(await Promise.race([waiting, soon('nothing yet')])).toBe(200);
    }
  });

  test('holds back the part that it has announced', async () => {
    const encoder = await bench.playing(5);
    const text = (await bench.read('low-latency_video.m3u8')).body.toString();
    const waiting = bench.read(`${/PRELOAD-HINT:TYPE=PART,URI="([^"]+)"/.exec(text)?.[1]}`);
    expect(await Promise.race([waiting, soon('nothing yet')])).toBe('nothing yet');
    await encoder.send(1);
    expect((await waiting).body.toString('latin1')).toContain('video.cmfv 5');
  });

  test('stops waiting for a part that does not arrive', async () => {
    await bench.playing(5);
    const text = (await bench.read('low-latency_video.m3u8')).body.toString();
    const first = Number(/MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1]);
    expect((await bench.read(`low-latency_video.m3u8?_HLS_msn=${first + 3}`)).status).toBe(503);
  });

  test.each([
    ['refuses a segment too far ahead', 'low-latency_video.m3u8?_HLS_msn=99999999999', 400],
    ['refuses a part of no segment', 'low-latency_video.m3u8?_HLS_part=1', 400],
    ['refuses a segment that is no number', 'low-latency_video.m3u8?_HLS_msn=next', 400],
    ['refuses a filter of manifests', 'index.m3u8?aws.manifestfilter=audio_language:de', 400],
    ['has no file of another name', 'other.m3u8', 404],
    ['has no part of long ago', 'segment_video_part-1-1.mp4', 404],
    ['has no segment of long ago', 'segment_video_1.mp4', 404],
  ])('%s', async (_, file, status) => {
    await bench.playing(5);
    expect((await bench.read(`${file}`)).status).toBe(status);
  });

  test('keeps serving its media when the encoder ends', async () => {
    const encoder = await bench.playing(5);
    const before = (await bench.read('index_video.m3u8')).body.toString();
    encoder.end();
    await eventually(
      async () => encoder.answers.length,
      (count) => count === 2,
    );
    expect(encoder.answers).toEqual([200, 200]);
    expect((await bench.read('index_video.m3u8')).body.toString()).toBe(before);
  });
});

describe('access to an origin endpoint', () => {
  test.each([
    ['refuses a request that CloudFront has not signed', {}],
    ['refuses another distribution', { ...SIGNED, [ORIGIN_ACCESS.source]: 'arn:other' }],
    ['refuses another service', { ...SIGNED, [ORIGIN_ACCESS.principal]: 'lambda.amazonaws.com' }],
  ])('%s', async (_, headers) => {
    await bench.playing(5);
    const answer = await bench.read('index.m3u8', headers);
    expect(answer.status).toBe(403);
    expect(answer.body.toString()).toContain('its policy does not allow it');
  });

  test('is refused to everybody without a policy', async () => {
    await bench.playing(5);
    await bench.remove('OriginEndpointPolicy', ENDPOINT);
    const answer = await bench.read('index.m3u8');
    expect(answer.status).toBe(403);
    expect(answer.body.toString()).toContain('it has no OriginEndpointPolicy');
  });

  test('is possible with HEAD, without a body', async () => {
    await bench.playing(5);
    const answer = await bench.read('index.m3u8', SIGNED, 'HEAD');
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(0);
  });
});

function soon<T>(value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), 150));
}
