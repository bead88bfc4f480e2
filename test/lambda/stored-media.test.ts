import { describe, expect, test } from '@jest/globals';
import { operatorTask } from '../../lambda/recorder/operator';
import { copyMedia, type StoredMeans, storedHarvester, storedMedia } from '../../lambda/recorder/stored-media';
import { ownSegments } from '../../lambda/recorder/stored-removal';
import { HarvestRefusedError } from '../../lambda/recorder/surroundings';
import { appended, endedPlaylist, listedSegments } from '../../lambda/shared/recordings/media-playlist';
import type { RecordedChannel } from '../../lambda/shared/recordings/recorded-channel';
import { conversionKey, folderOfJob, mediaPlaylists, narrowed } from '../../lambda/shared/recordings/stored-names';
import { BEGIN, FakeShow, FakeStore, MAIN } from './fake-recordings';

const CHANNEL: RecordedChannel = {
  ...MAIN,
  source: 's3',
  path: '/live/main/index.m3u8',
  harvests: [{ endpoint: 'main', folder: 'vod', hls: ['index'], lowLatencyHls: [], dash: [] }],
};
const MULTIVARIANT = `#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=800000
index_high.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=800000
index-pipeline-1_high.m3u8
`;

/** A live playlist of segments of 4 s, as MediaLive writes it. */
function live(first: number, count: number, extra: Readonly<Record<number, string>> = {}): string {
  const segments = Array.from({ length: count }, (_, index) => first + index).map((number) =>
    [
      ...(extra[number] === undefined ? [] : [extra[number]]),
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(BEGIN + number * 4000).toISOString()}`,
      '#EXTINF:4.00000,',
      `index_high_${number}.ts`,
    ].join('\n'),
  );
  return ['#EXTM3U', '#EXT-X-TARGETDURATION:4', `#EXT-X-MEDIA-SEQUENCE:${first}`, ...segments, ''].join('\n');
}

/** Two buckets, and what was copied between them. */
function buckets() {
  const now = { at: BEGIN };
  const origin = new FakeStore(() => now.at);
  const store = new FakeStore(() => now.at);
  const copied: string[] = [];
  const told: string[] = [];
  const gone = new Set<string>();
  const means: StoredMeans = {
    origin,
    store,
    copy: async (from, to) => {
      if (gone.has(from)) return false;
      copied.push(from);
      store.put(to, 'media');
      return true;
    },
    written: async (channel) => void told.push(channel),
    now: () => now.at,
  };
  const show = (first: number, count: number, extra?: Readonly<Record<number, string>>) => {
    origin.put('live/main/index.m3u8', MULTIVARIANT);
    origin.put('live/main/index_high.m3u8', live(first, count, extra));
    now.at = BEGIN + (first + count) * 4000;
  };
  const list = () => listedSegments(store.texts.get('vod/main/media/index_high.m3u8')?.text ?? '');
  return { origin, store, means, copied, told, gone, show, list, now };
}

describe('the media of a bucket', () => {
  test('is copied once, as far as the live playlist lists it, and listed from its beginning', async () => {
    const { means, copied, show, list } = buckets();
    show(0, 3);
    await copyMedia(CHANNEL, means);
    show(1, 4);
    await copyMedia(CHANNEL, means);
    await copyMedia(CHANNEL, means);
    expect(copied).toEqual([0, 1, 2, 3, 4].map((number) => `live/main/index_high_${number}.ts`));
    expect(list().map(({ start, uri }) => [start - BEGIN, uri])).toEqual(
      [0, 1, 2, 3, 4].map((number) => [number * 4000, `index_high_${number}.ts`]),
    );
  });

  test('has a gap where the channel was away, and keeps the marks of ads', async () => {
    const { means, show, list } = buckets();
    show(0, 2);
    await copyMedia(CHANNEL, means);
    show(100, 2, { 101: '#EXT-X-CUE-OUT:30' });
    await copyMedia(CHANNEL, means);
    expect(list().map(({ tags }) => tags)).toEqual([
      ['#EXTINF:4.00000,'],
      ['#EXTINF:4.00000,'],
      ['#EXT-X-DISCONTINUITY', '#EXTINF:4.00000,'],
      ['#EXT-X-CUE-OUT:30', '#EXTINF:4.00000,'],
    ]);
  });

  test('leaves a segment out that was removed meanwhile', async () => {
    const { means, show, list, gone } = buckets();
    show(0, 3);
    gone.add('live/main/index_high_1.ts');
    await copyMedia(CHANNEL, means);
    expect(list().map(({ uri }) => uri)).toEqual(['index_high_0.ts', 'index_high_2.ts']);
  });

  test('is listed whole when two invocations copy at the same time', async () => {
    const { means, store, show, list } = buckets();
    show(0, 2);
    store.intruder = () => store.put('vod/main/media/index_high.m3u8', endedPlaylist(listedSegments(live(0, 3))));
    await copyMedia(CHANNEL, means);
    expect(list()).toHaveLength(3);
  });

  test('says nothing of a playlist that stands still', async () => {
    const { means, show, now } = buckets();
    show(0, 3);
    expect(await storedMedia(CHANNEL, undefined, means)).toHaveLength(3);
    now.at += 10 * 60_000;
    expect(await storedMedia(CHANNEL, undefined, means)).toEqual([]);
    expect(await storedMedia(CHANNEL, BEGIN, means)).toHaveLength(3);
  });

  test('is none while there is no playlist', async () => {
    expect(await storedMedia(CHANNEL, BEGIN, buckets().means)).toEqual([]);
  });
});

describe('a recording of a bucket', () => {
  const target = { endpoint: 'main', folder: 'vod', hls: ['index'], lowLatencyHls: [], dash: [] } as const;
  const asked = (from: number, to: number, id = '20261128T190000Z') => ({
    channel: CHANNEL,
    target,
    name: `main-${id}-1`,
    start: BEGIN + from * 4000,
    end: BEGIN + to * 4000,
    folder: `vod/main/${id}/1`,
  });

  test('lists the segments of its time where they are, and the catalogue is told', async () => {
    const { means, store, told, show } = buckets();
    show(0, 6);
    await copyMedia(CHANNEL, means);
    expect(await storedHarvester(means).start(asked(1, 4))).toBe('asked');
    const text = store.texts.get('vod/main/20261128T190000Z/1/index_high.m3u8')?.text ?? '';
    expect(listedSegments(text).map(({ uri }) => uri)).toEqual(
      [1, 2, 3].map((number) => `../../media/index_high_${number}.ts`),
    );
    expect(text).toContain('#EXT-X-PLAYLIST-TYPE:VOD');
    expect(text).toContain('#EXT-X-ENDLIST');
    expect(store.texts.get('vod/main/20261128T190000Z/1/index.m3u8')?.text).not.toContain('pipeline');
    expect(told).toEqual(['main']);
  });

  test('is refused where nothing was copied', async () => {
    const { means, show } = buckets();
    show(0, 2);
    await copyMedia(CHANNEL, means);
    await expect(storedHarvester(means).start(asked(50, 60))).rejects.toThrow(HarvestRefusedError);
  });

  test('is removed with its segments, except those of others', async () => {
    const { means, store, show, list } = buckets();
    show(0, 6);
    await copyMedia(CHANNEL, means);
    await storedHarvester(means).start(asked(0, 4));
    await storedHarvester(means).start(asked(2, 5, '20261128T190008Z-12'));
    expect(await ownSegments(CHANNEL, '20261128T190000Z', store)).toEqual(
      [0, 1].map((number) => `vod/main/media/index_high_${number}.ts`),
    );
    expect(list().map(({ uri }) => uri)).toEqual([2, 3, 4, 5].map((number) => `index_high_${number}.ts`));
  });
});

describe('a clip of a bucket that is removed while its show goes on', () => {
  const target = { endpoint: 'main', folder: 'vod', hls: ['index'], lowLatencyHls: [], dash: [] } as const;

  test.each([
    ['running', undefined],
    ['ended', BEGIN + 6 * 4000],
  ])('leaves the show that is %s its segments', async (state, end) => {
    const { means, store, show, list } = buckets();
    show(0, 6);
    await copyMedia(CHANNEL, means);
    const id = '20261128T190008Z-8';
    const [from, to] = [BEGIN + 8000, BEGIN + 16_000];
    const clip = { channel: CHANNEL, target, name: `main-${id}-1`, folder: `vod/main/${id}/1` };
    await storedHarvester(means).start({ ...clip, start: from, end: to });
    const run = { state, start: new Date(BEGIN).toISOString(), end: end && new Date(end).toISOString() };
    store.put('runs/main/20261128T190000Z.json', JSON.stringify(run));
    expect(await ownSegments(CHANNEL, id, store)).toEqual([]);
    expect(list()).toHaveLength(6);
  });
});

describe('the playlists of a bucket for MediaConvert', () => {
  test('are removed with their recording, and not with one whose id begins alike', async () => {
    const show = new FakeShow([CHANNEL]);
    const [own, other] = ['20261128T190000Z', '20261128T190000Z-12'].map((id) => conversionKey(CHANNEL, id, 1));
    show.store.put('vod/main/20261128T190000Z/1/index.m3u8', MULTIVARIANT);
    for (const key of [own, other]) show.store.put(key ?? '', endedPlaylist(listedSegments(live(0, 2))));
    await operatorTask({ task: 'remove', channel: 'main', id: '20261128T190000Z' }, show.around());
    expect((await show.store.keys('vod/main/')).toSorted()).toEqual([other]);
  });
});

describe('the folder of copied segments', () => {
  test('is no recording that can be removed', async () => {
    const show = new FakeShow([CHANNEL]);
    show.store.put('vod/main/media/index_high_0.ts', 'media');
    const task = { task: 'remove' as const, channel: 'main', id: 'media' };
    await expect(operatorTask(task, show.around())).rejects.toThrow('There is no recording main/media');
    expect([...show.store.texts.keys()]).toEqual(['vod/main/media/index_high_0.ts']);
  });
});

describe('names of a bucket', () => {
  test('are those of the first pipeline, where it has playlists', () => {
    expect(mediaPlaylists(MULTIVARIANT)).toEqual(['index_high.m3u8']);
    const only = MULTIVARIANT.replace('#EXT-X-STREAM-INF:BANDWIDTH=800000\nindex_high.m3u8\n', '');
    expect(mediaPlaylists(only)).toEqual(['index-pipeline-1_high.m3u8']);
    expect(narrowed(only, mediaPlaylists(only))).toBe('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000\nindex_high.m3u8\n');
  });

  test('of audio to choose from are among them', () => {
    const audio = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",URI="index_eng.m3u8"';
    expect(mediaPlaylists(`#EXTM3U\n${audio}\n`)).toEqual(['index_eng.m3u8']);
  });

  test.each([
    ['main-20261128T190000Z-1', 'vod/main/20261128T190000Z/1'],
    ['main-20261128T190000Z-12-2', 'vod/main/20261128T190000Z-12/2'],
    ['main-20261128T190000Z-1-again-2', 'vod/main/20261128T190000Z/1'],
  ])('of the job %s lead to its folder', (job, folder) => {
    expect(folderOfJob(CHANNEL, job)).toBe(folder);
  });

  test('of segments that are known already are not added again', () => {
    const known = listedSegments(live(0, 3));
    expect(appended(known, listedSegments(live(0, 3)))).toBe(known);
  });
});
