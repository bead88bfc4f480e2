import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { mpdView } from '../../../src/services/mediapackage/dash/mpd-view';
import { ManifestCache } from '../../../src/services/mediapackage/egress/manifest-cache';
import { renderMediaPlaylist } from '../../../src/services/mediapackage/hls/media-playlist';
import { mediaPlaylistView } from '../../../src/services/mediapackage/hls/media-playlist-view';
import { Bench, ENDPOINT, Encoder, eventually, MANIFESTS } from '../fixture';
import { DASH, HLS, LL, live, playing } from '../live-channel';
import { madeSession } from '../made-media';

const DVR_SECONDS = 7200;
const HlsManifests: Properties[] = [
  { ManifestName: 'index' },
  { ManifestName: 'dvr', ManifestWindowSeconds: DVR_SECONDS },
];

describe('a manifest with a window of two hours', () => {
  const channel = playing(DVR_SECONDS + 60);

  test.each([
    ['HLS', HLS],
    ['LL-HLS', LL],
  ])('lists all of them in %s, and its neighbour its own 30 s', (_, manifest) => {
    const long = mediaPlaylistView(channel.view, { ...manifest, windowSeconds: DVR_SECONDS }, 'video');
    expect(long?.segments.length).toBeGreaterThanOrEqual(DVR_SECONDS / 2);
    expect(mediaPlaylistView(channel.view, manifest, 'video')?.segments.length).toBeLessThanOrEqual(16);
  });

  test('lists all of them in DASH, and its neighbour its own 30 s', () => {
    const count = (windowSeconds: number) =>
      mpdView(channel.view, { ...DASH, windowSeconds }, 0)?.periods[0]?.representations[0]?.segments.length;
    expect(count(DVR_SECONDS)).toBe(DVR_SECONDS / 2);
    expect(count(30)).toBe(15);
  });

  test('keeps its dates over a cut: the hole is as long as the cut was', () => {
    const cut = live();
    const [first, second] = [madeSession(0), madeSession(80, { discontinuity: true })];
    for (const [session, from, to] of [
      [first, 0, 10],
      [second, 80, 92],
    ] as const) {
      cut.video(session, from, to);
      cut.audio(session, from, to);
    }
    const view = mediaPlaylistView(cut.view, { ...HLS, windowSeconds: DVR_SECONDS }, 'video');
    const lines = view ? renderMediaPlaylist(view).split('\n') : [];
    const after = lines.slice(lines.indexOf('#EXT-X-DISCONTINUITY'));
    expect(after[2]).toBe(`#EXT-X-PROGRAM-DATE-TIME:${new Date(1_800_000_080_000).toISOString()}`);
    const periods = mpdView(cut.view, { ...DASH, windowSeconds: DVR_SECONDS }, 0)?.periods;
    expect(periods?.map(({ startSeconds }) => startSeconds)).toEqual([0, 80]);
  });

  test('is made once for each new segment, and an LL-HLS one for each new part', () => {
    const cache = new ManifestCache();
    const short = playing(10);
    const session = short.view.segmenter.cuts[0]?.session ?? madeSession(0);
    const made = { whole: 0, parts: 0 };
    const ask = () => {
      cache.get(short.view.segmenter, { key: 'dvr', parts: false }, () => made.whole++);
      cache.get(short.view.segmenter, { key: 'low', parts: true }, () => made.parts++);
    };
    for (const until of [10, 10.5, 11, 11.5, 12, 12.5]) {
      short.video(session, until - 0.5, until);
      ask();
      ask();
    }
    expect(made.parts).toBe(6);
    expect(made.whole).toBeLessThan(4);
  });
});

describe('an endpoint with a long manifest', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.start();
  });

  afterEach(() => bench.stop());

  test('says which quota must be raised, and how long the start-over window should be', async () => {
    await bench.createAll({ ...MANIFESTS, HlsManifests });
    expect(bench.told).toEqual([
      expect.stringMatching(/'dvr' lists 7200 s.*Maximum live manifest length is 900 s.*StartoverWindowSeconds/),
    ]);
    await bench.update('OriginEndpoint', anyState(), {
      ...ENDPOINT,
      ...MANIFESTS,
      HlsManifests,
      StartoverWindowSeconds: 7200,
    });
    expect(bench.told.at(-1)).not.toContain('StartoverWindowSeconds');
  });

  test('serves both manifests from the same segments', async () => {
    await bench.createAll({ ...MANIFESTS, HlsManifests, StartoverWindowSeconds: DVR_SECONDS });
    await new Encoder(bench, 'a').send(241);
    const count = async (file: string) => (await bench.read(file)).body.toString().split('#EXTINF').length - 1;
    await eventually(
      () => count('dvr_video.m3u8'),
      (found) => found === 120,
    );
    expect(await count('index_video.m3u8')).toBeLessThan(65);
    const oldest = /^segment_video_.*mp4$/m.exec((await bench.read('dvr_video.m3u8')).body.toString())?.[0];
    expect((await bench.read(`${oldest}`)).body.toString('latin1')).toContain('video.cmfv 0');
  });
});

/** The state that an update replaces. */
function anyState() {
  return { physicalId: 'endpoint', ref: 'endpoint', attributes: {} };
}
