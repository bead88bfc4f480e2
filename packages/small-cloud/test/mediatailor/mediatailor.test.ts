import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ResourceState } from '../../src/contract';
import { spliceMessage } from '../../src/services/mediapackage/model/splice-message';
import { CONFIGURATION, EDGE, TailorField } from './tailor-field';

const OUT = spliceMessage({ kind: 'splice-out', eventId: 7, durationTicks: 8 * 90_000 }, 100)
  .toString('hex')
  .toUpperCase();
const MARKER = `#EXT-X-DATERANGE:ID="7",START-DATE="2026-11-29T12:00:00.000Z",PLANNED-DURATION=8.000,SCTE35-OUT=0x${OUT}`;
const MULTIVARIANT = [
  '#EXTM3U',
  '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="English",URI="audio.m3u8"',
  '#EXT-X-STREAM-INF:BANDWIDTH=200000,AUDIO="audio"',
  'video.m3u8',
].join('\n');
const MEDIA = [
  '#EXTM3U',
  '#EXT-X-MAP:URI="init.mp4"',
  MARKER,
  '#EXTINF:2,',
  'segment-1.m4s',
  '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-2.m4s"',
  '#EXT-X-RENDITION-REPORT:URI="audio.m3u8",LAST-MSN=1',
].join('\n');
const ad = (id: string, seconds: number, site = `https://${EDGE}`) =>
  `<Ad id="${id}"><InLine><AdSystem>test</AdSystem><AdTitle><![CDATA[Ad & ${id}]]></AdTitle>
  <Impression><![CDATA[https://count.example.com/${id}?a=1&b=2]]></Impression>
  <Creatives><Creative id="c-${id}"><Linear><Duration>00:00:0${seconds}</Duration>
  <TrackingEvents><Tracking event="start">${site}/count?e=start&amp;ad=${id}</Tracking></TrackingEvents>
  <MediaFiles><MediaFile delivery="streaming" type="application/x-mpegURL">${site}/clips/${id}/index.m3u8</MediaFile>
  </MediaFiles></Linear></Creative></Creatives></InLine></Ad>`;
const vast = (...ads: readonly string[]) => `<?xml version="1.0"?><VAST version="4.2">${ads.join('')}</VAST>`;

let field: TailorField;
let made: ResourceState;
let begin: string;

beforeEach(async () => {
  field = new TailorField();
  await field.start();
  made = await field.create();
  begin = `${field.path(made, 'HlsConfiguration.ManifestEndpointPrefix')}out/index.m3u8`;
  field.files.set('/out/index.m3u8', MULTIVARIANT);
  field.files.set('/out/video.m3u8', MEDIA);
});
afterEach(() => field.end());

/** Begins a guided session, and returns the media playlist of its video. */
async function video(query = 'aws.insertionMode=GUIDED&aws.reportingMode=CLIENT'): Promise<string> {
  const { text } = await field.ask(`${begin}?${query}`);
  return (await field.ask(text.split('\n').at(-1) ?? '')).text;
}

/** Returns the list of the break of a media playlist. */
async function list(playlist: string, headers: Record<string, string> = {}) {
  const address = /X-ASSET-LIST="([^"]*)"/.exec(playlist)?.[1] ?? '';
  return JSON.parse((await field.ask(address, { headers })).text);
}

describe('a playback configuration', () => {
  test('is at the host of the Region and at its own', () => {
    expect(made.attributes['PlaybackEndpointPrefix']).toMatch(
      /^https:\/\/[0-9a-f]{32}\.mediatailor\.eu-west-1\.amazonaws\.com$/,
    );
    expect(field.path(made, 'SessionInitializationEndpointPrefix')).toMatch(/^\/v1\/session\/[0-9a-f]{40}\/main-1\/$/);
    expect(field.names.resolve(new URL(String(made.attributes['PlaybackEndpointPrefix'])).hostname)).toBeDefined();
    expect(made.ref).toBe('main-1');
  });

  test.each([
    ['a name with a space', { Name: 'main 1' }, /Name: main 1 was given/],
    ['a source that is no address', { VideoContentSourceUrl: 'd111.cloudfront.net' }, /an address with http or https/],
    ['a source that is too long', { VideoContentSourceUrl: `https://${'x'.repeat(512)}` }, /at most 512/],
    ['another insertion mode', { InsertionMode: 'GUIDED' }, /STITCHED_ONLY, PLAYER_SELECT/],
    ['a name that is taken', {}, /already exists/],
    [
      'bumpers, which are not modelled',
      { Name: 'other', Bumper: { StartUrl: 'https://a.b/c.mp4' } },
      /Bumper is not modelled/,
    ],
  ])('refuses %s', async (_, more, sentence) => {
    await expect(field.create({ ...CONFIGURATION, ...more })).rejects.toThrow(sentence);
  });
});

describe('a guided session', () => {
  test('leads every playlist to MediaTailor, and every segment to the edge', async () => {
    const { status, text } = await field.ask(`${begin}?aws.insertionMode=GUIDED&aws.reportingMode=CLIENT&start=1`);
    expect(status).toBe(200);
    expect(text).toMatch(/URI="\/v1\/i-media\/[0-9a-f]{40}\/main-1\/[\w-]+\/audio\.m3u8"/);
    expect(field.asked).toEqual(['/out/index.m3u8?start=1']);
    const media = await video();
    expect(media).toContain('URI="/out/init.mp4"');
    expect(media).toContain('\n/out/segment-1.m4s\n');
    expect(media).toContain('URI="/out/part-2.m4s"');
    expect(media).toMatch(/RENDITION-REPORT:URI="\/v1\/i-media\/[^"]*\/audio\.m3u8"/);
  });

  test('has an interstitial behind the marker of a break, the same in every playlist', async () => {
    const media = await video();
    expect(media).toContain(
      `${MARKER}\n#EXT-X-DATERANGE:ID="aws-mediatailor-avail-7",CLASS="com.apple.hls.interstitial"`,
    );
    expect(media).toContain('START-DATE="2026-11-29T12:00:00.000Z",DURATION=8.000,X-ASSET-LIST="/v1/interstitials/');
    expect(await video()).toBe(media);
  });

  test('leaves a break without a length alone, and one that ends', async () => {
    const open = spliceMessage({ kind: 'splice-out', eventId: 8, durationTicks: undefined }, 100).toString('hex');
    field.files.set(
      '/out/video.m3u8',
      `#EXTM3U\n#EXT-X-DATERANGE:ID="8",START-DATE="2026-11-29T12:00:00Z",SCTE35-OUT=0x${open}\n#EXT-X-DATERANGE:ID="7",START-DATE="2026-11-29T12:00:00Z",END-DATE="2026-11-29T12:00:08Z",DURATION=8,SCTE35-IN=0xFC`,
    );
    expect(await video()).not.toContain('interstitial');
  });

  test('waits for the next part as the player asks it to', async () => {
    const { text } = await field.ask(`${begin}?aws.insertionMode=GUIDED&aws.reportingMode=CLIENT`);
    await field.ask(`${text.split('\n').at(-1)}?_HLS_msn=2&_HLS_part=1&aws.sessionId=x`);
    expect(field.asked.at(-1)).toBe('/out/video.m3u8?_HLS_msn=2&_HLS_part=1');
  });

  test.each([
    ['of another configuration', (path: string) => path.replace('main-1', 'other'), 404],
    ['of another account', (path: string) => path.replace(/[0-9a-f]{40}/, '0'.repeat(40)), 404],
    ['that is stitched', (path: string) => path.replace('GUIDED', 'STITCHED'), 501],
    ['that MediaTailor reports', (path: string) => path.replace('CLIENT', 'SERVER'), 501],
    ['whose id is unknown', (path: string) => `${path}&aws.sessionId=1`, 400],
  ])('is refused to a player with one %s', async (_, change, status) => {
    const path = `${begin}?aws.insertionMode=GUIDED&aws.reportingMode=CLIENT`;
    expect((await field.ask(change(path))).status).toBe(status);
  });

  test('is refused where the configuration lets players not choose', async () => {
    const state = await field.create({ ...CONFIGURATION, Name: 'stitched', InsertionMode: 'STITCHED_ONLY' });
    const path = field.path(state, 'HlsConfiguration.ManifestEndpointPrefix');
    expect((await field.ask(`${path}out/index.m3u8?aws.insertionMode=GUIDED&aws.reportingMode=CLIENT`)).status).toBe(
      400,
    );
  });

  test('can be begun with a POST, whose parameters reach the ad server', async () => {
    field.files.set('/ads', vast());
    const session = field.path(made, 'SessionInitializationEndpointPrefix');
    const body = JSON.stringify({ adsParams: { user: 'anna b' }, insertionMode: 'GUIDED', reportingMode: 'client' });
    const { text } = await field.ask(`${session}out/index.m3u8`, { method: 'POST', body });
    const { manifestUrl, trackingUrl } = JSON.parse(text);
    expect(manifestUrl).toMatch(/^\/v1\/master\/[0-9a-f]{40}\/main-1\/out\/index\.m3u8\?aws\.sessionId=[0-9a-f-]{36}$/);
    expect(trackingUrl).toBeUndefined();
    const playlist = (await field.ask(manifestUrl)).text;
    await list((await field.ask(playlist.split('\n').at(-1) ?? '')).text);
    expect(field.asked.at(-1)).toContain('&u=anna%20b&');
  });
});

describe('the list of a break', () => {
  test('has the ads of the ad server that fit, and the addresses that count them', async () => {
    field.files.set('/ads', vast(ad('long', 9), ad('red', 4), ad('blue', 4), ad('late', 1)));
    const answer = await list(await video(), { 'x-forwarded-for': '203.0.113.7', 'user-agent': 'Tester' });
    expect(field.asked.at(-1)).toMatch(/^\/ads\?id=7&s=8&u=&r=\d+$/);
    expect(field.viewers.at(-1)).toBe('Tester, 203.0.113.7');
    expect(answer.ASSETS.map(({ DURATION }: { DURATION: number }) => DURATION)).toEqual([4, 4]);
    expect(answer.ASSETS[0].URI).toMatch(/^\/tm\/[0-9a-f]{40}\/main-1\/[0-9a-f]{24}\/index\.m3u8$/);
    const [avail] = answer.TRACKING.avails;
    expect(avail).toMatchObject({ availId: '7', durationInSeconds: 8, adMarkerDuration: 'PT8S' });
    expect(avail.ads[1]).toMatchObject({
      adId: 'blue',
      adTitle: 'Ad & blue',
      creativeId: 'c-blue',
      startTimeInSeconds: 4,
      trackingEvents: [
        { eventType: 'impression', beaconUrls: ['https://count.example.com/blue?a=1&b=2'] },
        { eventType: 'start', beaconUrls: ['/count?e=start&ad=blue'], startTimeInSeconds: 4 },
      ],
    });
  });

  test('has the media of its ads below its own paths, and nothing else of their server', async () => {
    field.files.set('/ads', vast(ad('red', 4)));
    field.files.set('/clips/red/index.m3u8', '#EXTM3U');
    field.files.set('/secret', 'x');
    const { ASSETS } = await list(await video());
    expect((await field.ask(ASSETS[0].URI)).text).toBe('#EXTM3U');
    const folder = ASSETS[0].URI.replace('index.m3u8', '');
    expect((await field.ask(`${folder}..%2f..%2fsecret`)).status).toBe(404);
    expect((await field.ask(`${folder}https:%2f%2fexample.com/`)).status).toBe(404);
    expect((await field.ask(ASSETS[0].URI.replace(/[0-9a-f]{24}/, '0'.repeat(24)))).status).toBe(404);
  });

  test('follows wrappers, whose events count as well', async () => {
    const wrapper = `<Ad id="w"><Wrapper><VASTAdTagURI>https://${EDGE}/inner</VASTAdTagURI><Impression>https://w.example.com/i</Impression></Wrapper></Ad>`;
    field.files.set('/ads', vast(wrapper));
    field.files.set('/inner', vast(ad('red', 4)));
    const { TRACKING } = await list(await video());
    expect(TRACKING.avails[0].ads[0].trackingEvents[0].beaconUrls).toEqual([
      'https://count.example.com/red?a=1&b=2',
      'https://w.example.com/i',
    ]);
  });

  test.each([
    ['does not answer', undefined, /status 404/],
    ['answers no VAST', '<html></html>', /no VAST/],
    [
      'wraps an ad for ever',
      vast(`<Ad id="w"><Wrapper><VASTAdTagURI>https://${EDGE}/ads</VASTAdTagURI></Wrapper></Ad>`),
      /more than 7 times/,
    ],
  ])('is empty where the ad server %s', async (_, body, line) => {
    if (body !== undefined) field.files.set('/ads', body);
    expect((await list(await video())).ASSETS).toEqual([]);
    expect(field.told.join('\n')).toMatch(line);
  });
});
