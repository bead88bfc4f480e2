import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Bench, Encoder, eventually, uris } from '../fixture';
import { madeInit } from '../made-media';

let bench: Bench;

beforeEach(async () => {
  bench = await Bench.start();
});

afterEach(() => bench.stop());

describe('ingest', () => {
  /** Sends a small request. */
  async function post(path: string, body: Buffer = Buffer.alloc(0), method = 'POST') {
    const base = bench.base;
    const response = await fetch(`${base}${path}`, {
      method,
      body: method === 'GET' ? undefined : new Uint8Array(body),
    });
    return { status: response.status, text: await response.text() };
  }

  test.each([
    ['refuses a channel that there is not', '/in/v1/live/1/other/v.cmfv?session=a', "no channel 'other'", 404],
    ['refuses a third input', '/in/v1/live/3/main/v.cmfv?session=a', 'ingest is at', 404],
    ['refuses a track without a session', '/in/v1/live/1/main/v.cmfv', 'add ?session', 400],
    ['refuses a clock that is no time', '/in/v1/live/1/main/v.cmfv?session=a&clock=noon', 'clock: "noon"', 400],
  ])('%s', async (_, path, sentence, status) => {
    await bench.createAll();
    const answer = await post(path);
    expect(answer.text).toContain(sentence);
    expect(answer.status).toBe(status);
    expect(bench.told.join()).toContain(sentence);
  });

  test('refuses GET', async () => {
    await bench.createAll();
    expect((await post('/in/v1/live/1/main/v.cmfv?session=a', undefined, 'GET')).status).toBe(405);
  });

  test('refuses a codec that it does not package', async () => {
    await bench.createAll();
    const answer = await post('/in/v1/live/1/main/v.cmfv?session=a', madeInit('video', { codec: 'av01' }));
    expect(answer).toMatchObject({ status: 415, text: expect.stringContaining("codec 'av01'") });
  });

  test('refuses bytes that are not CMAF', async () => {
    await bench.createAll();
    const answer = await post('/in/v1/live/1/main/v.cmfv?session=a', Buffer.from('GET / HTTP/1.1'));
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('not a CMAF track') });
  });

  test('refuses a track of a session that a newer one has replaced', async () => {
    const old = await bench.playing(5);
    await new Encoder(bench, 'b').send(1);
    await eventually(async () => old.broken, Boolean);
    expect(await post('/in/v1/live/1/main/v.cmfv?session=a')).toMatchObject({ status: 409 });
  });

  test('continues without a discontinuity when an encoder restarts', async () => {
    const old = await bench.playing(5);
    old.end();
    await new Encoder(bench, 'b').send(5);
    const text = await eventually(
      async () => (await bench.read('index_video.m3u8')).body.toString(),
      (one) => uris(Buffer.from(one)).length >= 5,
    );
    expect(text).not.toMatch(/EXT-X-DISCONTINUITY$/m);
    expect(text.match(/EXT-X-MAP/g)).toHaveLength(1);
  });
});
