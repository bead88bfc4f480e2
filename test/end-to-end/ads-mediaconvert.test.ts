import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { AdsRun } from './ads-run';
import { isBack, watch } from './ads-screen';
import { openBrowser } from './browser';
import { PATIENCE } from './patience';

jest.setTimeout(2 * PATIENCE);

let run: AdsRun;

beforeAll(async () => {
  run = await AdsRun.start(openBrowser(), { encoder: 'mediaconvert' });
});

afterAll(() => run?.end());

describe('an ad that MediaConvert prepares', () => {
  test('is refused without sound, in one sentence', async () => {
    await expect(run.live('ads', 'add', run.film('blue', 2), '--name', 'Mute')).rejects.toThrow(
      /^MediaConvert could not prepare .*blue-2-silent\.mp4: No audio was found in the input \(error 1021\)\.$/,
    );
    expect(await run.live('ads', 'list')).toMatchObject({ ads: [] });
  });

  test('is shown in a break', async () => {
    const added = await run.live('ads', 'add', run.film('red', 4, 'tone'), '--name', 'Red');
    expect(added).toMatchObject({ name: 'Red', seconds: 4 });
    const viewer = await run.open('?format=ll-hls');
    await watch(viewer, (seen) => (seen.at(-1)?.behindSeconds ?? null) !== null);
    await run.live('ad-break', 'main', '--seconds', '4');
    const seen = await watch(viewer, isBack);
    expect([...new Set(seen.map(({ colour }) => colour))].sort()).toEqual(['red', 'show']);
    expect(viewer.asked.some((path) => path.includes('-v0_000000001.cmfv'))).toBe(true);
    expect(viewer.errors).toEqual([]);
    await viewer.page.close();
  });
});
