import { describe, expect, test } from '@jest/globals';
import { settle, tidy } from '../../lambda/catalogue/handler';
import { patient } from '../../lambda/catalogue/patient';
import type { CatalogueSurroundings } from '../../lambda/catalogue/surroundings';
import { partsOf } from '../../lambda/shared/recordings/run';
import { advanceRun } from '../../lambda/shared/recordings/run-book';
import { failing, UNWELL } from './failing';
import { BEGIN, MAIN } from './fake-recordings';
import { ENTRY, Harvested, ID, MEDIA, MULTIVARIANT, RUN } from './harvested';

describe('the catalogue', () => {
  test('lists a recording by what the harvest has left, wherever it lies', async () => {
    const harvested = new Harvested();
    expect(await settle('main', harvested.around())).toEqual([`main/${ID} is done`]);
    expect(harvested.listed()).toEqual([ENTRY]);
    expect(await settle('main', harvested.around())).toEqual([]);
    expect(harvested.listed()).toEqual([ENTRY]);
  });

  test('is written although every service fails four times', async () => {
    const harvested = new Harvested(MAIN, { pictures: true });
    const { store, pictures, converter, ...around } = harvested.around();
    const { harvest } = failing({ harvest: around.harvest }, UNWELL);
    const services = { store: failing(store, UNWELL), pictures: failing(pictures, UNWELL), harvest };
    const unwell = { ...around, ...services, converter: failing(converter, UNWELL) };
    expect(await settle('main', patient(unwell, harvested.now + 300_000))).toEqual([`main/${ID} is converting`]);
    expect([harvested.listed(), harvested.jobs.length]).toEqual([[ENTRY], 1]);
  });

  test('tells when a show ended by the clock, where the encoder was away in its middle', async () => {
    const harvested = new Harvested();
    const key = (await harvested.store.keys(`vod/main/${ID}/`)).find((one) => one.endsWith('high.m3u8')) ?? '';
    const away = '#EXT-X-DISCONTINUITY\n#EXT-X-PROGRAM-DATE-TIME:2026-11-28T19:01:00.000Z\n#EXTINF:3.96,';
    harvested.store.put(key, MEDIA.replace('#EXTINF:3.96,', away));
    await settle('main', harvested.around());
    expect(harvested.listed()).toMatchObject([{ end: '2026-11-28T19:01:03.960Z', seconds: 7.96 }]);
  });

  test('lists the parts of a show of 25 hours one after the other, and leaves out one that failed', async () => {
    const parts = partsOf(BEGIN, BEGIN + 25 * 3_600_000);
    const second = `vod/main/${ID}/2/some`;
    const late = MEDIA.replace('2026-11-28T19', '2026-11-29T19');
    for (const [failed, listed, seconds] of [
      ['none', [1, 2], 15.92],
      [`main-${ID}-1`, [2], 7.96],
    ] as const) {
      const harvested = new Harvested(MAIN, { parts });
      harvested.store.put(`${second}/index.m3u8`, MULTIVARIANT);
      for (const name of ['low', 'high']) harvested.store.put(`${second}/${name}.m3u8`, late);
      const lost = { status: 'FAILED', reason: 'The content was gone' };
      const harvest: CatalogueSurroundings['harvest'] = async (_, __, name) =>
        name === failed ? lost : harvested.harvest;
      await settle('main', { ...harvested.around(), harvest });
      const folders = listed.map((number) => `/vod/main/${ID}/${number}/some/index.m3u8`);
      expect(harvested.listed()).toMatchObject([
        { seconds, end: '2026-11-29T19:00:07.960Z', parts: folders.map((hls) => ({ manifests: { hls } })) },
      ]);
      const sentence = 'part 1: The content was gone. The other parts can be played.';
      expect(harvested.notices).toEqual(failed === 'none' ? [] : [expect.stringContaining(sentence)]);
    }
  });

  test('waits while MediaPackage harvests', async () => {
    const harvested = new Harvested();
    harvested.harvest = { status: 'IN_PROGRESS', reason: '' };
    expect(await settle(undefined, harvested.around())).toEqual([]);
    expect(harvested.run()).toMatchObject({ state: 'harvesting' });
  });

  test('waits for the recorder to note that it has asked for a harvest that is over already', async () => {
    const harvested = new Harvested(MAIN, { state: 'ended' });
    harvested.meanwhile = () => harvested.store.put(`runs/main/${ID}.json`, JSON.stringify(RUN));
    expect(await settle('main', harvested.around())).toEqual([`main/${ID} is done`]);
    expect(harvested.listed()).toEqual([ENTRY]);
  });

  test('leaves a run alone whose harvest has not been asked for', async () => {
    const harvested = new Harvested(MAIN, { state: 'ended' });
    harvested.harvest = { status: 'MISSING', reason: '' };
    expect(await settle('main', harvested.around())).toEqual([]);
    expect(harvested.run()).toMatchObject({ state: 'ended' });
  });

  test('takes a run no step back, where another invocation has read it earlier', async () => {
    const { store } = new Harvested(MAIN, { state: 'converting', conversion: 'job-1' });
    const known = { ...RUN, state: 'converting', conversion: 'job-1' } as const;
    expect(await advanceRun({ ...RUN, state: 'converting' }, store)).toEqual(known);
    expect(await advanceRun(RUN, store)).toEqual(known);
    store.intruder = () => store.put(`runs/main/${ID}.json`, JSON.stringify({ ...RUN, state: 'removed' }));
    expect(await advanceRun({ ...RUN, state: 'done' }, store)).toMatchObject({ state: 'removed' });
  });

  test('lists the shows of a private channel apart', async () => {
    const harvested = new Harvested({ ...MAIN, isPrivate: true });
    await settle('main', harvested.around());
    expect(harvested.listed('vod/main/catalogue.json')).toEqual([ENTRY]);
    expect(harvested.store.texts.has('vod/catalogue.json')).toBe(false);
  });

  test('keeps what another one writes at the same time', async () => {
    const harvested = new Harvested();
    const other = { ...ENTRY, channel: 'stage' };
    harvested.store.put('vod/catalogue.json', JSON.stringify({ version: 1, recordings: [], running: [] }));
    harvested.store.intruder = () => {
      harvested.store.put('vod/catalogue.json', JSON.stringify({ version: 1, recordings: [other], running: [] }));
    };
    await settle('main', harvested.around());
    expect(harvested.listed()).toEqual([ENTRY, other]);
  });

  test('tells why a harvest failed, and until when it can be repeated', async () => {
    const harvested = new Harvested();
    harvested.harvest = { status: 'FAILED', reason: 'There was no content available for the specified time window.' };
    await settle('main', harvested.around());
    expect(harvested.run()).toMatchObject({ state: 'failed' });
    expect(harvested.notices).toHaveLength(1);
    for (const words of [
      'There was no content available for the specified time window.',
      'Its media is kept until 2026-11-29T08:00:00.000Z',
      'npm run live -- clip main --from 2026-11-28T19:00:00.000Z --to 2026-11-28T19:00:08.000Z',
    ]) {
      expect(harvested.notices[0]).toContain(words);
    }
  });

  test('loses recordings that the bucket has removed', async () => {
    const harvested = new Harvested();
    await settle('main', harvested.around());
    harvested.now = BEGIN + 29 * 24 * 3_600_000;
    await tidy(harvested.around());
    expect(harvested.listed()).toEqual([ENTRY]);
    harvested.now = BEGIN + 31 * 24 * 3_600_000;
    await tidy(harvested.around());
    expect(harvested.listed()).toEqual([]);
  });

  test('is written again before the bucket removes it', async () => {
    const harvested = new Harvested();
    await settle('main', harvested.around());
    const etag = () => harvested.store.texts.get('vod/catalogue.json')?.etag;
    const before = etag();
    await tidy(harvested.around());
    expect(etag()).toBe(before);
    harvested.now += 7 * 3_600_000;
    await tidy(harvested.around());
    expect(etag()).not.toBe(before);
  });
});

describe('the pictures of a recording', () => {
  const pictured = () => new Harvested({ ...MAIN, pictures: true }, { pictures: true, mp4: true });

  test('are asked for once it is listed, from the best rendition of the copy in MPEG-TS', async () => {
    const harvested = pictured();
    await settle('main', harvested.around());
    await settle('main', harvested.around());
    expect(harvested.run()).toMatchObject({ state: 'converting', conversion: 'job-1' });
    expect(harvested.jobs).toMatchObject([
      {
        UserMetadata: { channel: 'main', recording: ID, kind: 'mp4-and-pictures' },
        Settings: { Inputs: [{ FileInput: `s3://recordings/conversion/main/${ID}/1/some/conversion.m3u8` }] },
      },
    ]);
    expect(harvested.listed()).toEqual([ENTRY]);
  });

  test('are made of the segments that viewers play, where the origin is a bucket', async () => {
    const vod = { endpoint: 'main', folder: 'vod', hls: ['index'], lowLatencyHls: [], dash: [] } as const;
    const stored = { ...MAIN, source: 's3', harvests: [{ ...vod, convertible: true }] } as const;
    const harvested = new Harvested(stored, { pictures: true });
    const segments = MEDIA.replace('\n1.ts', '\n../../media/1.ts').replace('\n2.ts', '\n../../media/2.ts');
    harvested.store.put(`vod/main/${ID}/1/some/high.m3u8`, segments);
    await settle('main', harvested.around());
    const key = `vod/main/media/conversion-1-${ID}.m3u8`;
    expect(harvested.jobs).toMatchObject([{ Settings: { Inputs: [{ FileInput: `s3://recordings/${key}` }] } }]);
    const names = harvested.store.texts.get(key)?.text.match(/^[^#].*$/gm);
    expect(names).toEqual(['1.ts', '2.ts']);
  });

  test('are given up where the segments of a bucket have no video with audio', async () => {
    const vod = { endpoint: 'main', folder: 'vod', hls: ['index'], lowLatencyHls: [], dash: [] } as const;
    const stored = { ...MAIN, source: 's3', harvests: [{ ...vod, convertible: false }] } as const;
    const harvested = new Harvested(stored, { mp4: true });
    await settle('main', harvested.around());
    expect(harvested.run()).toMatchObject({
      state: 'done',
      reason: expect.stringContaining('MPEG-TS with audio in it'),
    });
    expect(harvested.jobs).toEqual([]);
  });

  test('are added to the catalogue when they are made', async () => {
    const harvested = pictured();
    await settle('main', harvested.around());
    for (const name of ['poster.0000000', 'poster.0000001', 'storyboard.0000000']) {
      harvested.store.put(`vod/main/${ID}/pictures/${name}.jpg`, name);
    }
    const userMetadata = { channel: 'main', recording: ID, kind: 'mp4-and-pictures', seconds: '7.96' };
    harvested.conversion = { jobId: 'job-1', status: 'COMPLETE', userMetadata };
    await settle('main', harvested.around());
    expect(harvested.run()).toMatchObject({ state: 'done' });
    expect(harvested.listed()).toEqual([
      {
        ...ENTRY,
        poster: `/vod/main/${ID}/poster.jpg`,
        storyboard: `/vod/main/${ID}/storyboard.vtt`,
        mp4: `/vod/main/${ID}/recording.mp4`,
      },
    ]);
  });

  test('are added at once where the job is over before its id is noted', async () => {
    const harvested = pictured();
    const userMetadata = { channel: 'main', recording: ID, kind: 'mp4-and-pictures', seconds: '7.96' };
    for (const name of ['poster.0000000', 'poster.0000001', 'storyboard.0000000']) {
      harvested.store.put(`vod/main/${ID}/pictures/${name}.jpg`, name);
    }
    harvested.conversion = { jobId: 'job-1', status: 'COMPLETE', userMetadata };
    await settle('main', harvested.around());
    expect(harvested.run()).toMatchObject({ state: 'done', conversion: 'job-1' });
  });

  test('are given up with a notice where MediaConvert fails, and the recording stays', async () => {
    const harvested = pictured();
    await settle('main', harvested.around());
    const userMetadata = { channel: 'main', recording: ID, kind: 'pictures', seconds: '8' };
    harvested.conversion = {
      jobId: 'job-1',
      status: 'ERROR',
      userMetadata,
      errorCode: 1401,
      errorMessage: 'No access',
    };
    await settle('main', harvested.around());
    expect(harvested.run()).toMatchObject({ state: 'done', reason: '1401: No access' });
    expect(harvested.notices).toEqual([expect.stringContaining('can be played, but has no poster')]);
    expect(harvested.listed()).toEqual([ENTRY]);
  });
});
