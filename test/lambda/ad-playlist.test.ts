import { describe, expect, test } from '@jest/globals';
import { relocated } from '../../lambda/ad-playlist/addresses';
import { type PlaylistSurroundings, playlist } from '../../lambda/ad-playlist/handler';
import { withInterstitials } from '../../lambda/ad-playlist/interstitials';
import { withInterstitials as withInterstitialsOfThePage } from '../../player/ads/interstitials';

const FOLDER = '/out/v1/live/main/';
const PATH = `${FOLDER}cmaf/low-latency_1.m3u8`;

const broken = (id: string, start: string, seconds: number) =>
  `#EXT-X-DATERANGE:ID="${id}",START-DATE="2026-11-29T08:06:${start}Z",PLANNED-DURATION=${seconds},SCTE35-OUT=0xFC3025`;
const media = (...tags: readonly string[]) =>
  [
    '#EXTM3U',
    '#EXT-X-MAP:URI="init_1.mp4"',
    ...tags,
    '#EXTINF:2,',
    'segment_1_7.mp4?m=1',
    '#EXT-X-PART:DURATION=0.5,URI="part_1_8_0.mp4",INDEPENDENT=YES',
    '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part_1_8_1.mp4"',
    '#EXT-X-RENDITION-REPORT:URI="low-latency_2.m3u8",LAST-MSN=8',
    '',
  ].join('\n');

/** Asks for a playlist, of which the edge has one. */
function ask(change: { path?: string; query?: object; method?: string; status?: number; body?: string } = {}) {
  const { path = `/guided${PATH}`, query = {}, method = 'GET', status = 200, body = media() } = change;
  const asked: string[] = [];
  const around: PlaylistSurroundings = {
    channels: [{ name: 'main', folder: FOLDER }],
    prefix: '/guided',
    list: '/ads/break',
    restrict: 'SKIP,JUMP',
    get: async (url) => {
      asked.push(url);
      if (status === 0) throw new Error('no answer');
      return { status, body };
    },
  };
  const queryStringParameters = { site: 'd1.cloudfront.net', ...query };
  const request = { rawPath: path, queryStringParameters, requestContext: { http: { method } } };
  return playlist(request, around).then((answer) => ({ ...answer, asked }));
}

describe('a media playlist with ads', () => {
  test('has an interstitial in its break, its media where they are, and is kept for a second', async () => {
    const { statusCode, headers, body, asked } = await ask({ body: media(broken('7', '41.098', 12)) });
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=1', 'access-control-allow-origin': '*' });
    expect(asked).toEqual([`https://d1.cloudfront.net${PATH}`]);
    expect(body.split('\n')).toEqual([
      '#EXTM3U',
      `#EXT-X-MAP:URI="${FOLDER}cmaf/init_1.mp4"`,
      broken('7', '41.098', 12),
      '#EXT-X-DATERANGE:ID="ads-7",CLASS="com.apple.hls.interstitial",START-DATE="2026-11-29T08:06:41.098Z",DURATION=12,X-ASSET-LIST="/ads/break?channel=main&id=7&seconds=12",X-PLAYOUT-LIMIT=12,X-RESTRICT="SKIP,JUMP"',
      '#EXTINF:2,',
      `${FOLDER}cmaf/segment_1_7.mp4?m=1`,
      `#EXT-X-PART:DURATION=0.5,URI="${FOLDER}cmaf/part_1_8_0.mp4",INDEPENDENT=YES`,
      `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${FOLDER}cmaf/part_1_8_1.mp4"`,
      '#EXT-X-RENDITION-REPORT:URI="low-latency_2.m3u8",LAST-MSN=8',
      '',
    ]);
  });

  test('has the tags that the page of the stack writes', () => {
    const text = media(broken('a/b', '41.098', 12.5), broken('later', '59.000', 4));
    const rules = { channel: 'main', list: '/ads/break', restrict: 'JUMP' };
    const list = ({ id, seconds }: { readonly id: string; readonly seconds: number }) =>
      `/ads/break?channel=main&id=${id}&seconds=${seconds}`;
    expect(withInterstitials(text, rules)).toBe(withInterstitialsOfThePage(text, list));
  });

  test('has none for a break inside of another, and for one without a length', () => {
    const text = media(broken('7', '40.000', 12), broken('8', '45.000', 4), broken('9', '52.000', 0));
    const found = withInterstitials(text, { channel: 'main', list: '/ads/break', restrict: 'JUMP' });
    expect(found.match(/ID="ads-\w+"/g)).toEqual(['ID="ads-7"']);
  });

  test('waits as long as LL-HLS asks, and passes on nothing else', async () => {
    const { asked } = await ask({ query: { _HLS_msn: '8', _HLS_part: '1', _HLS_skip: 'YES', start: '7', CMCD: 'x' } });
    expect(asked).toEqual([`https://d1.cloudfront.net${PATH}?_HLS_msn=8&_HLS_part=1`]);
  });
});

describe('a multivariant playlist', () => {
  test('leads to playlists with ads', () => {
    const text = [
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",URI="audio.m3u8"',
      '#EXT-X-STREAM-INF:BANDWIDTH=1',
      'video.m3u8',
      '#EXT-X-STREAM-INF:BANDWIDTH=2',
      '/out/v1/live/main/cmaf/other.m3u8',
    ].join('\n');
    expect(relocated(text, { path: PATH, prefix: '/guided' })).toBe(text.replace('\n/out/', '\n/guided/out/'));
  });
});

describe('a request for a playlist with ads', () => {
  test.each([
    ['another channel', { path: '/guided/out/v1/live/other/cmaf/index.m3u8' }, 404],
    ['a segment', { path: `/guided${FOLDER}cmaf/segment.mp4` }, 404],
    ['a way out of the folder', { path: `/guided${FOLDER}../other/index.m3u8` }, 404],
    ['an encoded way out', { path: `/guided${FOLDER}%2e%2e/other/index.m3u8` }, 404],
    ['a path without the prefix', { path: PATH }, 404],
    ['another method', { method: 'POST' }, 405],
    ['no site', { query: { site: '' } }, 400],
    ['another address for a site', { query: { site: 'd1.cloudfront.net/x?' } }, 400],
  ])('is refused with %s, and asks nothing', async (_, change, status) => {
    const { statusCode, headers, asked } = await ask(change);
    expect([statusCode, asked]).toEqual([status, []]);
    expect(headers['cache-control']).toBe('no-store');
  });

  test.each([
    [404, 404],
    [503, 503],
    [0, 504],
  ])('is answered as the stream answers: %d', async (status, expected) => {
    expect((await ask({ status })).statusCode).toBe(expected);
  });
});
