import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { timedSegments } from '../../lambda/shared/recordings/segments';
import { variants } from './media';
import { PATIENCE } from './patience';
import { RecordingDrill } from './recording-drill';

jest.setTimeout(2 * PATIENCE);

/** Length of a segment, and time for which the publisher is away, in milliseconds. */
const SEGMENT = 2000;
const AWAY = 20_000;

const folder = mkdtempSync(join(tmpdir(), 'recording-drills-'));
let drill: RecordingDrill;
/** Time at which the channel was stopped, in milliseconds since 1970. */
let stopped: number;

beforeAll(async () => {
  drill = await RecordingDrill.start(folder);
  await drill.catalogue('a show that goes on', ({ running: [show] }) => show);
});

afterAll(async () => {
  await drill.end();
  rmSync(folder, { recursive: true, force: true });
});

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

describe('a recorded channel', () => {
  test('tells its subscribers why a harvest failed', async () => {
    await wait(3 * SEGMENT);
    drill.fault = 'fail';
    await drill.clip(4, 'Fails');
    const notice = await drill.log.until(/MediaPackage did not harvest "Fails"/);
    expect(notice).toContain('this run was asked to let the harvest fail');
  });

  test('lists a clip whose event never came at the next sweep', async () => {
    drill.fault = 'lose-event';
    await drill.clip(6, 'Unheard');
    await drill.log.until(/harvest \S+ is COMPLETED/);
    await drill.invoke('Catalogue', { task: 'sweep' });
    await drill.catalogue('the clip', ({ recordings: [clip] }) => clip);
    drill.fault = undefined;
  });

  test('ends its recording at a sweep where nobody told of the stop, with one event or two', async () => {
    await drill.cut();
    await wait(AWAY);
    drill.publish();
    await wait(AWAY);
    await drill.channel('IDLE');
    stopped = Date.now();
    drill.fault = 'repeat-event';
    await drill.invoke('Recorder', { task: 'sweep' });
    await drill.catalogue('the show', ({ recordings }) => recordings.find(({ kind }) => kind === 'show'));
    expect(await drill.tellStop()).toEqual([expect.stringContaining('nothing is recorded')]);
    expect(await drill.tellStop()).toEqual([expect.stringContaining('nothing is recorded')]);
    const shows = await drill.catalogue('the shows', ({ recordings }) =>
      recordings.filter(({ kind }) => kind === 'show'),
    );
    expect(shows).toHaveLength(1);
  });

  test('records the absence of its publisher as a gap, and shifts nothing', async () => {
    const show = await drill.catalogue('the show', ({ recordings }) => recordings.find(({ kind }) => kind === 'show'));
    const path = show.parts[0]?.manifests.hls ?? '';
    const [best] = variants(await drill.text(path), `http://edge${path}`);
    const playlist = await drill.text(new URL(best?.url ?? '').pathname);
    const media = timedSegments(playlist).filter(({ isGap }) => !isGap);
    const gaps = media.slice(1).map(({ start }, index) => start - (media[index]?.end ?? 0));
    const longest = Math.max(...gaps);
    expect(longest).toBeGreaterThan(AWAY / 4);
    expect(gaps.every((gap) => gap > -SEGMENT)).toBe(true);
    const first = media[0]?.start ?? 0;
    expect(Math.abs(Date.parse(show.start) - first)).toBeLessThan(SEGMENT);
    expect(Math.abs(stopped - Date.parse(show.end))).toBeLessThan(AWAY / 2);
  });

  test('keeps the last show of a stack that is deleted during a harvest', async () => {
    drill.fault = undefined;
    await drill.channel('RUNNING');
    await drill.cut();
    drill.publish();
    const { start } = await drill.catalogue('the second show', ({ running: [show] }) => show);
    await wait(3 * SEGMENT);
    await drill.clip(4, 'Last');
    const { recordings } = await drill.deleteStack();
    expect(recordings.find(({ kind, start: at }) => kind === 'show' && at === start)).toBeDefined();
  });
});
