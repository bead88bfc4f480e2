import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { elementsOf } from '../../src/services/mediatailor/xml-tree';
import type { Show, StitchedField } from './stitched-field';
import { CONFIGURATION } from './tailor-field';
import { twoAds } from './two-ads';

const BREAK = { id: 7, at: 110, seconds: 8 };
/** The start of the break tells it from another one with its id. */
const AVAIL = '7-110000';

let field: StitchedField;
let dash: string;

beforeEach(async () => {
  ({ field, dash } = await twoAds());
});
afterEach(() => field.end());

/** Lets the show go on, and returns the starts of the periods by their ids at each step. */
async function follow(steps: readonly Show[]): Promise<readonly string[][]> {
  const seen: string[][] = [];
  for (const step of steps) {
    field.show(step);
    seen.push((await field.periods()).map(({ id, start }) => `${id} ${start}`));
  }
  return seen;
}

describe('a stitched session of DASH', () => {
  test('is begun by a request without one, whose query reaches the origin', async () => {
    field.show({ from: 100, to: 110 });
    const { status, headers } = await field.ask(`${dash}out/index.mpd?ads.user=anna&start=1`);
    expect(status).toBe(302);
    const location = headers.get('location') ?? '';
    expect(location).toMatch(
      /^\/v1\/dash\/[0-9a-f]{40}\/main-1\/out\/index\.mpd\?aws\.sessionId=[0-9a-f-]{36}&start=1$/,
    );
    const { text } = await field.ask(location);
    expect(field.asked.at(-1)).toBe('/out/index.mpd?start=1');
    expect(text).toContain('<BaseURL>/out/</BaseURL>');
    expect(text).toContain('<Period id="p0" start="PT100S">');
  });

  test('is refused with the id of none', async () => {
    expect((await field.ask(`${dash}out/index.mpd?aws.sessionId=1`)).status).toBe(400);
  });

  test('has the show as it is while there is no break', async () => {
    await field.begin(dash);
    field.show({ from: 100, to: 104 });
    const [only] = await field.periods();
    expect(only).toEqual({ id: 'p0', start: 100, base: '', video: ['50 100 102', '51 102 104'] });
    expect(field.questions).toBe(0);
  });

  test('has a period for each ad of a break, and the show before and after it', async () => {
    await field.begin(dash);
    field.show({ from: 106, to: 122, breaks: [BREAK] });
    const [before, red, blue, after] = await field.periods();
    expect(before).toMatchObject({ id: 'p0', start: 100, video: ['53 106 108', '54 108 110'] });
    expect(red).toMatchObject({ id: `${AVAIL}_1`, start: 110, video: ['1 110 112', '2 112 114'] });
    expect(blue).toMatchObject({ id: `${AVAIL}_2`, start: 114, video: ['1 114 116', '2 116 118'] });
    expect(after).toMatchObject({ id: `p0-${AVAIL}`, start: 118, video: ['59 118 120', '60 120 122'] });
    expect(red?.base).toMatch(new RegExp(`^/v1/dashsegment/[0-9a-f]{40}/main-1/[0-9a-f-]{36}/${AVAIL}_1/$`));
    const [, period] = elementsOf(await field.mpd(), 'Period');
    const [video, audio] = elementsOf(period ?? { children: [] }, 'AdaptationSet');
    expect(video?.attributes).toMatchObject({ mimeType: 'video/mp4' });
    expect(audio?.attributes).toMatchObject({ mimeType: 'audio/mp4', lang: 'en' });
  });

  test('begins the ads with the first segment after the break is announced for', async () => {
    await field.begin(dash);
    field.show({ from: 106, to: 122, breaks: [{ ...BREAK, at: 109.3 }] });
    expect((await field.periods()).map(({ start }) => start)).toEqual([100, 110, 114, 118]);
  });

  test('reads breaks in XML as well', async () => {
    await field.begin(dash);
    field.show({ from: 106, to: 122, breaks: [BREAK], markers: 'XML' });
    expect(await field.periods()).toHaveLength(4);
    expect(field.asked.find((path) => path.startsWith('/ads?'))).toContain('id=7&s=8&');
  });

  test.each(['set', 'both'] as const)('cuts templates in the %s of representations', async (templates) => {
    await field.begin(dash);
    field.show({ from: 106, to: 122, breaks: [BREAK], templates });
    const { text } = await field.ask(field.manifest);
    const found = [
      ...text.matchAll(/presentationTimeOffset="(\d+)" initialization="v_init.mp4".*startNumber="(\d+)"/g),
    ];
    expect(found.map(([, offset, number]) => `${Number(offset) / 90_000} ${number}`)).toEqual(['100 53', '118 59']);
    expect(text.match(/<S t="[^>]*>/g)?.slice(0, 2)).toEqual([
      '<S t="9540000" d="180000" r="1"/>',
      '<S t="5088000" d="96000" r="1"/>',
    ]);
  });

  test.each(['BINARY', 'XML'] as const)('has the show at a message in %s that leads back into it', async (markers) => {
    await field.begin(dash);
    field.show({ from: 106, to: 122, breaks: [{ ...BREAK, leadsBack: true }], markers });
    expect(await field.periods()).toHaveLength(1);
  });

  test('goes on with the show in a period that began beneath the ads', async () => {
    await field.begin(dash);
    field.show({ from: 106, to: 122, second: 114, breaks: [BREAK] });
    expect((await field.periods()).map(({ id, start, video }) => [id, start, video.length])).toEqual([
      ['p0', 100, 2],
      [`${AVAIL}_1`, 110, 2],
      [`${AVAIL}_2`, 114, 2],
      [`p1-${AVAIL}`, 118, 2],
    ]);
  });

  test('takes a period for a break by its first event where the origin has a period for each', async () => {
    const state = await field.create({ ...CONFIGURATION, Name: 'periods', DashConfiguration: {} });
    await field.begin(field.path(state, 'DashConfiguration.ManifestEndpointPrefix'));
    field.show({
      from: 100,
      to: 112,
      breaks: [
        { ...BREAK, at: 101 },
        { id: 8, at: 110, seconds: 2 },
      ],
    });
    expect((await field.periods()).map(({ id, start }) => [id, start])).toEqual([
      ['7-100000_1', 100],
      ['7-100000_2', 104],
      ['p0-7-100000', 108],
    ]);
    field.show({
      from: 100,
      to: 112,
      breaks: [
        { ...BREAK, leadsBack: true },
        { id: 8, at: 110, seconds: 8 },
      ],
      began: 'x',
    });
    expect(await field.periods()).toHaveLength(1);
  });

  test('keeps every period in its place, from the announcement until the break has left the window', async () => {
    await field.begin(dash);
    const windows = Array.from({ length: 12 }, (_, index) => 100 + 2 * index);
    const seen = await follow(windows.map((from) => ({ from, to: from + 8, breaks: from < 102 ? [] : [BREAK] })));
    expect(seen.flat().filter((one, index, all) => all.indexOf(one) === index)).toEqual([
      'p0 100',
      `${AVAIL}_1 110`,
      `${AVAIL}_2 114`,
      `p0-${AVAIL} 118`,
    ]);
    expect(seen.map((all) => all.length)).toEqual([1, 1, 2, 2, 3, 2, 3, 2, 2, 1, 1, 1]);
    expect(field.questions).toBe(1);
  });

  test('lists an ad as far as the show beneath it', async () => {
    await field.begin(dash);
    field.show({ from: 106, to: 112, breaks: [BREAK] });
    expect((await field.periods()).map(({ video }) => video.length)).toEqual([2, 1]);
    field.show({ from: 106, to: 116, breaks: [BREAK] });
    expect((await field.periods()).map(({ video }) => video.length)).toEqual([2, 2, 1]);
  });

  test('fills a break that has begun before it, and not one whose beginning is gone', async () => {
    const breaks = [BREAK];
    field.show({ from: 110, to: 114, breaks });
    await field.begin(dash);
    expect((await field.periods()).map(({ id }) => id)).toEqual([`${AVAIL}_1`]);
    field.show({ from: 112, to: 116, breaks });
    expect(await field.periods()).toHaveLength(2);
    await field.begin(dash);
    expect((await field.periods()).map(({ id }) => id)).toEqual(['p0']);
  });

  test('goes on with the show after ads that are shorter than the break, in the middle of a segment', async () => {
    field.clip('red', 3);
    field.offer(['red', 3]);
    await field.begin(dash);
    field.show({ from: 106, to: 118, breaks: [BREAK] });
    const [, red, after] = await field.periods();
    expect(red?.video).toEqual(['1 110 112', '2 112 113']);
    expect(after).toMatchObject({ start: 113, video: ['56 112 114', '57 114 116', '58 116 118'] });
  });

  test('leaves out an ad that is longer than the rest of the break', async () => {
    field.clip('blue', 6);
    field.offer(['red', 4], ['blue', 6], ['red', 4]);
    await field.begin(dash);
    field.show({ from: 106, to: 122, breaks: [BREAK] });
    expect((await field.periods()).map(({ start }) => start)).toEqual([100, 110, 114, 118]);
  });

  test('goes back to the show where a message ends the break early', async () => {
    await field.begin(dash);
    field.show({ from: 106, to: 112, breaks: [BREAK] });
    await field.periods();
    field.show({ from: 106, to: 122, breaks: [{ ...BREAK, seconds: 4 }] });
    const [, , after] = await field.periods();
    expect(after).toMatchObject({ id: `p0-${AVAIL}`, start: 114 });
  });

  test('takes back nothing of the show for a break that is announced late', async () => {
    await field.begin(dash);
    field.show({ from: 106, to: 114, breaks: [] });
    await field.periods();
    field.show({ from: 106, to: 122, breaks: [BREAK] });
    expect((await field.periods()).map(({ start }) => start)).toEqual([100, 114, 118]);
  });

  test('begins anew on another timeline, as after a restart of the channel', async () => {
    await field.begin(dash);
    field.show({ from: 306, to: 314, breaks: [{ ...BREAK, at: 310 }] });
    expect(await field.periods()).toHaveLength(2);
    field.show({ from: 106, to: 122, breaks: [BREAK], began: '2026-11-29T13:00:00.000Z' });
    expect((await field.periods()).map(({ start }) => start)).toEqual([100, 110, 114, 118]);
  });

  test.each([
    ['has no ads', '<VAST version="4.2"/>', /^$/],
    ['does not answer', undefined, /status 404/],
    ['names an ad that is not CMAF', 'ts', /The ad red is left out of DASH. .*not CMAF/],
  ])('has the show alone where the ad server %s', async (_, answer, line) => {
    if (answer === 'ts') {
      field.offer(['red', 4]);
      field.files.set('/clips/red/video.m3u8', '#EXTM3U\n#EXTINF:4,\na.ts\n');
    } else {
      field.files.delete('/ads');
      if (answer !== undefined) field.files.set('/ads', answer);
    }
    await field.begin(dash);
    field.show({ from: 106, to: 122, breaks: [BREAK] });
    await field.periods();
    expect((await field.periods()).map(({ id, video }) => [id, video.length])).toEqual([['p0', 8]]);
    expect(field.questions).toBe(1);
    expect(field.told.join('\n')).toMatch(line);
  });
});
