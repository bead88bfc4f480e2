import { describe, expect, test } from '@jest/globals';
import { addressOf, type Capabilities, choose, engineFor, readWish, type Wish } from '../../player/choice';
import type { ChannelConfig, Format, PlayerConfig } from '../../player/config';

const PAGE = 'https://live.example/player/';
const DESKTOP: Capabilities = { mediaSource: true, managedMediaSource: false, nativeHls: false };
const SAFARI: Capabilities = { mediaSource: true, managedMediaSource: true, nativeHls: true };
const PHONE: Capabilities = { mediaSource: false, managedMediaSource: true, nativeHls: true };
const OLD_PHONE: Capabilities = { mediaSource: false, managedMediaSource: false, nativeHls: true };
const NOTHING: Capabilities = { mediaSource: false, managedMediaSource: false, nativeHls: false };

const channel = (name: string, formats: readonly Format[]): ChannelConfig => ({
  name,
  running: true,
  segmentSeconds: 2,
  manifests: formats.map((format) => ({ format, url: `/out/${name}/${format}`, targetLatencySeconds: 3 })),
});
const CONFIG: PlayerConfig = {
  title: 'Live',
  channels: [channel('main', ['dash', 'hls', 'll-hls']), channel('second', ['hls-ts'])],
};

function chosen(wish: Wish, capabilities = DESKTOP, config: PlayerConfig | undefined = CONFIG) {
  const choice = choose(config, wish, capabilities, PAGE);
  if (choice.kind === 'refusal') throw new Error(choice.sentence);
  return choice;
}

function refusalOf(wish: Wish, capabilities = DESKTOP, config: PlayerConfig | undefined = CONFIG): string {
  const choice = choose(config, wish, capabilities, PAGE);
  if (choice.kind === 'choice') throw new Error(`chose ${choice.url}`);
  return choice.sentence;
}

describe('engine for a format', () => {
  test.each([
    ['ll-hls', DESKTOP, 'hls.js'],
    ['ll-hls', SAFARI, 'hls.js'],
    ['ll-hls', PHONE, 'native'],
    ['hls-ts', OLD_PHONE, 'native'],
    ['hls', { ...PHONE, nativeHls: false }, 'hls.js'],
    ['hls', NOTHING, undefined],
    ['dash', DESKTOP, 'dash.js'],
    ['dash', PHONE, 'dash.js'],
    ['dash', OLD_PHONE, undefined],
  ] as const)('of %s in %j is %s', (format, capabilities, engine) => {
    expect(engineFor(format, capabilities)).toBe(engine);
  });
});

describe('choice', () => {
  test('is low-latency HLS of the first channel without a wish, whatever the order in the configuration', () => {
    expect(chosen({})).toMatchObject({ format: 'll-hls', engine: 'hls.js', url: '/out/main/ll-hls', notices: [] });
  });

  test('is what the wish asks for', () => {
    expect(chosen({ channel: 'main', format: 'dash', quality: '720p' })).toMatchObject({
      format: 'dash',
      engine: 'dash.js',
      quality: '720p',
      targetLatencySeconds: 3,
      notices: [],
    });
  });

  test.each([
    [{ channel: 'nope' }, DESKTOP, 'There is no channel “nope”; this is “main”.'],
    [{ format: 'rtmp' }, DESKTOP, '“main” is not offered as “rtmp”; this is Low-latency HLS.'],
    [{ format: 'hls-ts' }, DESKTOP, '“main” is not offered as “hls-ts”; this is Low-latency HLS.'],
    [{ format: 'dash' }, OLD_PHONE, 'This browser does not play “dash”; this is Low-latency HLS.'],
  ])('for %j takes the default and says so', (wish, capabilities, notice) => {
    expect(chosen(wish, capabilities)).toMatchObject({
      channel: { name: 'main' },
      format: 'll-hls',
      notices: [notice],
    });
  });

  test('refuses when the browser plays none of the formats', () => {
    expect(refusalOf({}, NOTHING)).toBe('This browser can play none of the formats of “main”.');
  });

  test.each([
    ['https://cdn.example/live/index.m3u8', undefined, 'hls', 'https://cdn.example/live/index.m3u8'],
    ['https://cdn.example/live/index.MPD?token=1', undefined, 'dash', 'https://cdn.example/live/index.MPD?token=1'],
    ['https://cdn.example/live/manifest', 'dash', 'dash', 'https://cdn.example/live/manifest'],
    ['/out/other/index.m3u8', undefined, 'hls', 'https://live.example/out/other/index.m3u8'],
  ])('plays %s (format %s) as %s, even without a configuration', (manifest, format, expected, url) => {
    expect(choose(undefined, { manifest, format }, DESKTOP, PAGE)).toMatchObject({
      channel: undefined,
      format: expected,
      url,
    });
  });

  test.each([
    ['http://cdn.example/live.m3u8', 'Only https addresses'],
    ['javascript:alert(1)', 'is not the address of a manifest'],
    ['https://', 'is not the address of a manifest'],
  ])('refuses to open %s', (manifest, sentence) => {
    expect(refusalOf({ manifest })).toContain(sentence);
  });

  test('opens http addresses of its own site', () => {
    expect(choose(CONFIG, { manifest: '/x.m3u8' }, DESKTOP, 'http://127.0.0.1:8080/')).toMatchObject({
      url: 'http://127.0.0.1:8080/x.m3u8',
    });
  });

  test('refuses when there is no channel', () => {
    expect(refusalOf({}, DESKTOP, { title: 'Live', channels: [] })).toBe('There is no channel to play.');
  });
});

describe('address of the page', () => {
  test.each([
    {},
    { channel: 'second', format: 'hls-ts' },
    { channel: 'main', format: 'dash', quality: '720p-2700k' },
    { manifest: 'https://cdn.example/a b/index.mpd?x=1&y=2', format: 'dash' },
  ])('brings another viewer to the choice for %j', (wish) => {
    const choice = chosen(wish);
    expect(chosen(readWish(addressOf(choice)))).toEqual(choice);
  });

  test('reads empty parts as absent', () => {
    expect(readWish('?channel=&format=%20&quality=720p')).toEqual({ quality: '720p' });
  });
});

describe('a manifest of another site', () => {
  test('is played, and the page says whose it is', () => {
    expect(choose(CONFIG, { manifest: 'https://cdn.example/live.m3u8' }, DESKTOP, PAGE)).toMatchObject({
      notices: ['This video comes from cdn.example, not from this site.'],
    });
    expect(choose(CONFIG, { manifest: '/live.m3u8' }, DESKTOP, PAGE)).toMatchObject({ notices: [] });
  });
});
