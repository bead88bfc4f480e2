import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Bench, Encoder, eventually, MANIFESTS, uris } from '../fixture';

const START_OVER = 3600;

let bench: Bench;
/** Wall clock of the first frame, in milliseconds. */
let first: number;
let encoder: Encoder;

/** A channel with 40 s of media. */
beforeEach(async () => {
  bench = await Bench.start();
  const hls = (name: string) => ({ ManifestName: name, ManifestWindowSeconds: 30, ProgramDateTimeIntervalSeconds: 1 });
  await bench.createAll({
    ...MANIFESTS,
    StartoverWindowSeconds: START_OVER,
    HlsManifests: [hls('index'), { ...hls('encoded'), UrlEncodeChildManifest: true }],
    LowLatencyHlsManifests: [hls('low-latency')],
  });
  encoder = new Encoder(bench, 'a');
  await encoder.send(81);
  await eventually(
    async () => (await media('index')).entries,
    (count) => count >= 30,
  );
  first = await firstFrame();
});

afterEach(() => bench.stop());

/** The time of the first frame: 30 s of window end at the edge, 40.5 s after it. */
async function firstFrame(): Promise<number> {
  const { dates, uris: listed } = await media('index');
  const oldest = Number(/_(\d+)\.mp4$/.exec(listed[0] ?? '')?.[1]);
  const text = (await bench.read(`segment_video_${oldest}.mp4`)).body.toString('latin1');
  return (dates[0] ?? 0) - Number(/video\.cmfv (\d+)/.exec(text)?.[1]) * 500;
}

async function media(manifest: string, query = '', track = 'video') {
  const { status, body } = await bench.read(`${manifest}_${track}.m3u8${query}`);
  const text = body.toString();
  return {
    status,
    text,
    entries: text.split('#EXTINF').length - 1,
    type: /PLAYLIST-TYPE:(\w+)/.exec(text)?.[1],
    ended: text.includes('#EXT-X-ENDLIST'),
    dates: [...text.matchAll(/DATE-TIME:(.*)/g)].map(([, date]) => Date.parse(`${date}`)),
    uris: uris(body),
  };
}

/** Seconds since 1970, so many seconds after the first frame. */
const at = (seconds: number) => Math.round(first / 1000) + seconds;
const encoded = (text: string) => `?aws.manifestsettings=${encodeURIComponent(text)}`;

describe('a manifest with a start and an end', () => {
  test('is VOD when both are past, and lists the segments between them', async () => {
    const vod = await media('index', encoded(`start:${at(5)};end:${at(15)}`));
    expect(vod).toMatchObject({ status: 200, type: 'VOD', ended: true });
    expect([10, 11]).toContain(vod.entries);
    expect(Math.abs((vod.dates[0] ?? 0) - at(5) * 1000)).toBeLessThan(1000);
  });

  test('is EVENT while the end is in the future, and VOD once it is past', async () => {
    const query = encoded(`start:${at(35)};end:${at(45)}`);
    const event = await media('index', query);
    expect(event).toMatchObject({ type: 'EVENT', ended: false });
    await encoder.send(20);
    const vod = await eventually(
      () => media('index', query),
      ({ ended }) => ended,
    );
    expect(vod.type).toBe('VOD');
    expect(vod.uris.slice(0, event.uris.length)).toEqual(event.uris);
  });

  test('grows with the live stream without an end', async () => {
    const query = `?aws.manifestsettings=start:${at(2)}`;
    const before = await media('index', query);
    expect(before).toMatchObject({ status: 200, type: undefined, ended: false });
    await encoder.send(4);
    const after = await eventually(
      () => media('index', query),
      ({ entries }) => entries >= before.entries + 2,
    );
    expect(after.uris[0]).toBe(before.uris[0]);
  });

  test('announces parts in LL-HLS only while it ends at the live edge', async () => {
    expect((await media('low-latency', `?aws.manifestsettings=start:${at(2)}`)).text).toContain('PRELOAD-HINT');
    const vod = await media('low-latency', encoded(`start:${at(2)};end:${at(9)}`));
    expect(vod.text).not.toContain('EXT-X-PART');
    expect(vod.ended).toBe(true);
  });

  test('takes times of ISO 8601, and start and end as parameters of their own', async () => {
    const [start, end] = [at(5), at(15)].map((seconds) => new Date(seconds * 1000).toISOString());
    const epoch = await media('index', encoded(`start:${at(5)};end:${at(15)}`));
    const same = async (query: string) => expect((await media('index', query)).uris).toEqual(epoch.uris);
    await same(encoded(`START:${start};End:${end}`));
    await same(`?start=${start}&end=${end}`);
    await same(`?start=${at(5)}&end=${end?.replace('Z', '+00:00')}`);
  });

  test('begins with the first segment that there is when the start is before it', async () => {
    const vod = await media('index', encoded(`start:${at(-600)};end:${at(3)}`));
    expect([3, 4]).toContain(vod.entries);
  });

  test('is static in DASH, with a presentation that begins at 0', async () => {
    const text = (await bench.read(`dash.mpd${encoded(`start:${at(5)};end:${at(15)}`)}`)).body.toString();
    expect(text).toContain('type="static"');
    expect(text).toMatch(/mediaPresentationDuration="PT1[01](\.\d+)?S"/);
    expect(text).toMatch(/<Period id="[^"]+" start="PT0S">/);
    const [offset, start] = [/presentationTimeOffset="(\d+)"/.exec(text)?.[1], /<S t="(\d+)"/.exec(text)?.[1]];
    expect(offset).toBe(start);
    expect(text).not.toContain('timeShiftBufferDepth');
  });

  test('is dynamic in DASH while it grows, without a depth', async () => {
    const text = (await bench.read(`dash.mpd?aws.manifestsettings=start:${at(5)}`)).body.toString();
    expect(text).toContain('type="dynamic"');
    expect(text).not.toContain('timeShiftBufferDepth');
  });
});

describe('the other settings', () => {
  test('a delay hides the newest media', async () => {
    const [now, later] = [await media('index'), await media('index', '?aws.manifestsettings=time_delay:10')];
    expect(now.uris.at(-11)).toBe(later.uris.at(-1));
  });

  test('a manifest may be shorter than its window', async () => {
    const short = await media('index', '?aws.manifestsettings=manifest_window_seconds:10');
    expect(short.entries).toBeLessThanOrEqual(11);
    expect((await bench.read('dash.mpd?aws.manifestsettings=manifest_window_seconds:10')).body.toString()).toContain(
      'timeShiftBufferDepth="PT10S"',
    );
  });
});

describe('the URLs of media playlists', () => {
  const settings = () => `start:${at(5)};end:${at(15)}`;
  const sorted = () => `end:${at(15)};start:${at(5)}`;
  const children = async (name: string, query: string) => uris((await bench.read(`${name}.m3u8${query}`)).body);

  test('carry the settings in alphabetical order', async () => {
    expect(await children('index', encoded(settings()))).toEqual([`index_video.m3u8?aws.manifestsettings=${sorted()}`]);
  });

  test('carry them percent-encoded where the manifest asks for it', async () => {
    const [child] = await children('encoded', encoded(settings()));
    expect(child).toBe(`encoded_video.m3u8?aws.manifestsettings=${encodeURIComponent(sorted())}`);
    expect((await bench.read(`${child}`)).body.toString()).toContain('ENDLIST');
  });

  test('carry start and end as they came', async () => {
    expect(await children('index', `?start=${at(5)}&end=${at(15)}`)).toEqual([
      `index_video.m3u8?end=${at(15)}&start=${at(5)}`,
    ]);
  });

  test('name one setting only when several are not encoded, as MediaPackage reads only the first', async () => {
    const query = `?aws.manifestsettings=start:${at(5)};end:${at(15)}`;
    expect(await children('index', query)).toEqual([`index_video.m3u8?aws.manifestsettings=start:${at(5)}`]);
    expect(await media('index', query)).toMatchObject({ type: undefined, ended: false });
  });
});

describe('a request for a shifted manifest', () => {
  test.each([
    ['a start before the start-over window', () => `?aws.manifestsettings=start:${at(-START_OVER)}`, 404],
    ['a start in the future', () => `?start=${at(500)}`, 404],
    ['an end before the start-over window', () => `?end=${at(-START_OVER)}`, 404],
    ['an end before the start', () => encoded(`start:${at(15)};end:${at(5)}`), 400],
    ['more than 24 hours', () => encoded(`start:${at(5)};end:${at(90_000)}`), 400],
    ['a time that is none', () => '?aws.manifestsettings=start:yesterday', 400],
    ['a setting that there is not', () => '?aws.manifestsettings=speed:2', 400],
    ['no value', () => '?aws.manifestsettings=start', 400],
    ['a setting twice', () => `?aws.manifestsettings=start:${at(5)}&start=${at(5)}`, 400],
    ['settings twice', () => `?aws.manifestsettings=start:${at(5)}&aws.manifestsettings=end:${at(9)}`, 400],
    ['more than 1,024 characters', () => `?aws.manifestsettings=start:${'1'.repeat(1100)}`, 400],
    ['a window as long as the manifest’s', () => '?aws.manifestsettings=manifest_window_seconds:30', 400],
    ['a window of one segment', () => '?aws.manifestsettings=manifest_window_seconds:1', 400],
    ['a delay as long as the start-over window', () => `?aws.manifestsettings=time_delay:${START_OVER}`, 400],
    ['a clip start, which is not modelled', () => '?aws.manifestsettings=clip_start_time:1', 400],
  ])('is refused with %s', async (_, query, status) => {
    expect((await media('index', query())).status).toBe(status);
  });

  test('is refused for a segment', async () => {
    const [segment] = (await media('index')).uris;
    expect((await bench.read(`${segment}?start=${at(5)}`)).status).toBe(400);
  });
});
