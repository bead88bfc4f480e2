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

describe('the engine', () => {
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
  ] as const)('for %s in a browser with %j is %s', (format, capabilities, engine) => {
    expect(engineFor(format, capabilities)).toBe(engine);
  });
});

describe('the choice of a stream', () => {
  test('is low-latency HLS of the first channel by default, in whatever order the configuration lists the formats', () => {
    expect(chosen({})).toMatchObject({ format: 'll-hls', engine: 'hls.js', url: '/out/main/ll-hls', notices: [] });
  });

  test('is the channel, format and quality that the viewer asked for', () => {
    expect(chosen({ channel: 'main', format: 'dash', quality: '720p' })).toMatchObject({
      format: 'dash',
      engine: 'dash.js',
      quality: '720p',
      targetLatencySeconds: 3,
      notices: [],
    });
  });

  test.each([
    [{ channel: 'nope' }, DESKTOP, 'There is no channel “nope”; “main” is playing instead.'],
    [{ format: 'rtmp' }, DESKTOP, '“main” is not offered as “rtmp”; Low-latency HLS is playing instead.'],
    [{ format: 'hls-ts' }, DESKTOP, '“main” is not offered as “hls-ts”; Low-latency HLS is playing instead.'],
    [{ format: 'dash' }, OLD_PHONE, 'This browser does not play “dash”; Low-latency HLS is playing instead.'],
  ])('falls back to the default for %j, with a notice', (wish, capabilities, notice) => {
    expect(chosen(wish, capabilities)).toMatchObject({
      channel: { name: 'main' },
      format: 'll-hls',
      notices: [notice],
    });
  });

  test('is refused when the browser plays none of the formats', () => {
    expect(refusalOf({}, NOTHING)).toBe('This browser can play none of the formats of “main”.');
  });

  test.each([
    ['https://cdn.example/live/index.m3u8', undefined, 'hls', 'https://cdn.example/live/index.m3u8'],
    ['https://cdn.example/live/index.MPD?token=1', undefined, 'dash', 'https://cdn.example/live/index.MPD?token=1'],
    ['https://cdn.example/live/manifest', 'dash', 'dash', 'https://cdn.example/live/manifest'],
    ['/out/other/index.m3u8', undefined, 'hls', 'https://live.example/out/other/index.m3u8'],
  ])(
    'may be the manifest %s (format %s), played as %s, even without a configuration',
    (manifest, format, expected, url) => {
      expect(choose(undefined, { manifest, format }, DESKTOP, PAGE)).toMatchObject({
        channel: undefined,
        format: expected,
        url,
      });
    },
  );

  test.each([
    ['http://cdn.example/live.m3u8', 'Only https addresses'],
    ['javascript:alert(1)', 'is not the address of a manifest'],
    ['https://', 'is not the address of a manifest'],
  ])('is refused for the manifest %s', (manifest, sentence) => {
    expect(refusalOf({ manifest })).toContain(sentence);
  });

  test('may be an http address of the page’s own site', () => {
    expect(choose(CONFIG, { manifest: '/x.m3u8' }, DESKTOP, 'http://127.0.0.1:8080/')).toMatchObject({
      url: 'http://127.0.0.1:8080/x.m3u8',
    });
  });

  test('is refused when there is no channel', () => {
    expect(refusalOf({}, DESKTOP, { title: 'Live', channels: [] })).toBe('There is no channel to play.');
  });
});

describe('the address of the page', () => {
  test.each([
    {},
    { channel: 'second', format: 'hls-ts' },
    { channel: 'main', format: 'dash', quality: '720p-2700k' },
    { manifest: 'https://cdn.example/a b/index.mpd?x=1&y=2', format: 'dash' },
  ])('leads another viewer to the same choice as %j', (wish) => {
    const choice = chosen(wish);
    expect(chosen(readWish(addressOf(choice)))).toEqual(choice);
  });

  test('may have empty parts, which count as absent', () => {
    expect(readWish('?channel=&format=%20&quality=720p')).toEqual({ quality: '720p' });
  });
});

describe('a manifest on another site', () => {
  test('is played with a notice that names the site', () => {
    expect(choose(CONFIG, { manifest: 'https://cdn.example/live.m3u8' }, DESKTOP, PAGE)).toMatchObject({
      notices: ['This video comes from cdn.example, not from this site.'],
    });
    expect(choose(CONFIG, { manifest: '/live.m3u8' }, DESKTOP, PAGE)).toMatchObject({ notices: [] });
  });
});

describe('a link to the past', () => {
  test('names a moment, which stays in the address', () => {
    const wish = readWish('?channel=second&t=2026-11-28T19:30:05Z');
    const choice = chosen(wish);
    expect(choice).toMatchObject({ url: '/out/second/hls-ts', moment: '2026-11-28T19:30:05Z' });
    expect(new URLSearchParams(addressOf(choice)).get('t')).toBe('2026-11-28T19:30:05Z');
  });

  test('names a recording, and with it the channel', () => {
    const choice = chosen(readWish('?recording=second/20261128T190000Z&t=12'));
    expect(choice).toMatchObject({ recording: 'second/20261128T190000Z', moment: '12', notices: [] });
    expect(choice.channel?.name).toBe('second');
    expect(addressOf(choice)).toBe('?recording=second%2F20261128T190000Z&t=12&format=hls-ts');
  });
});
