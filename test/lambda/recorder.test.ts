import { describe, expect, test } from '@jest/globals';
import { stateChanged, sweep } from '../../lambda/recorder/handler';
import { operatorTask } from '../../lambda/recorder/operator';
import { HarvestRefusedError } from '../../lambda/recorder/surroundings';
import { BEGIN, FakeShow, MAIN } from './fake-recordings';

const HOUR = 3_600_000;
const at = (milliseconds: number) => new Date(BEGIN + milliseconds).toISOString();

/** Runs a show of some time, whose two events arrive. */
async function shown(show: FakeShow, milliseconds: number): Promise<void> {
  show.start();
  const begun = show.event('RUNNING');
  show.now += 20_000;
  await stateChanged(begun, show.around());
  show.now += milliseconds - 20_000;
  show.stop();
  await stateChanged(show.event('STOPPED'), show.around());
}

describe('the recorder', () => {
  test('ends a show once, whether its end is told as STOPPED, as IDLE, or as both', async () => {
    const show = new FakeShow();
    await shown(show, HOUR);
    const before = show.store.json('runs/main/20261128T190000Z.json');
    show.now += 5000;
    await stateChanged(show.event('IDLE'), show.around());
    expect(show.store.json('runs/main/20261128T190000Z.json')).toEqual(before);
    expect([show.harvests.length, (await show.store.keys('runs/')).length]).toEqual([1, 1]);
  });

  test('harvests a show from its first media to its last', async () => {
    const show = new FakeShow();
    await shown(show, HOUR);
    expect(show.harvests).toEqual([
      {
        channel: MAIN,
        target: MAIN.harvests[0],
        name: 'main-20261128T190000Z-1',
        start: BEGIN,
        end: BEGIN + HOUR,
        folder: 'vod/main/20261128T190000Z/1',
      },
    ]);
    expect(show.store.json('runs/main/20261128T190000Z.json')).toMatchObject({
      state: 'harvesting',
      title: 'main, 28 November 2026',
      start: at(0),
      end: at(HOUR),
    });
  });

  test('keeps the media that was on its way when the channel stopped, and none of the run after it', async () => {
    const show = new FakeShow();
    show.start();
    const begun = show.event('RUNNING');
    show.now += 20_000;
    await stateChanged(begun, show.around());
    show.now += HOUR;
    show.stop();
    const ended = show.event('STOPPED');
    show.onAir[0] = { from: BEGIN, to: show.now + 8000 };
    show.onAir.push({ from: show.now + 20_000, to: show.now + 60_000 });
    show.now += 120_000;
    await stateChanged(ended, show.around());
    expect(show.harvests.map(({ end }) => end)).toEqual([BEGIN + HOUR + 28_000]);
  });

  test('tells viewers since when a show has had media, until it ends', async () => {
    const show = new FakeShow();
    show.start();
    const begun = show.event('RUNNING');
    show.now += 20_000;
    await stateChanged(begun, show.around());
    expect(show.store.json('vod/catalogue.json')['running']).toEqual([{ channel: 'main', start: at(0) }]);
    show.stop();
    await stateChanged(show.event('STOPPED'), show.around());
    expect(show.store.json('vod/catalogue.json')['running']).toEqual([]);
  });

  test('waits for whoever publishes later, and takes the time of the media', async () => {
    const show = new FakeShow();
    show.start(120_000);
    await stateChanged(show.event('RUNNING'), show.around());
    expect(show.store.json('runs/main/20261128T190200Z.json')).toMatchObject({ start: at(120_000) });
  });

  test('records nothing of a run without media', async () => {
    const show = new FakeShow();
    show.state = 'RUNNING';
    expect(await stateChanged(show.event('RUNNING'), show.around(30))).toBe('main has no media yet');
    show.state = 'IDLE';
    expect(await stateChanged(show.event('STOPPED'), show.around())).toBe('main had no media: nothing is recorded');
    expect([...show.store.texts.keys()]).toEqual([]);
  });

  test('does the same for events that come twice, late, or in the wrong order', async () => {
    const show = new FakeShow();
    show.start();
    const begun = show.event('RUNNING');
    show.now += 20_000;
    await stateChanged(begun, show.around());
    await stateChanged(begun, show.around());
    show.now += HOUR;
    show.stop();
    const ended = show.event('STOPPED');
    await stateChanged(ended, show.around());
    const before = [...show.store.texts.values()].map(({ text }) => text);
    show.now += 60_000;
    await stateChanged(ended, show.around());
    await stateChanged(begun, show.around(30));
    await sweep(show.around());
    expect([...show.store.texts.values()].map(({ text }) => text)).toEqual(before);
    expect(show.harvests).toHaveLength(1);
  });

  test('finds a show of which no event came', async () => {
    const show = new FakeShow();
    show.start();
    show.now += 10 * 60_000;
    expect(await sweep(show.around())).toEqual(['main/20261128T190000Z is running']);
    show.now += HOUR;
    show.stop();
    show.now += 10 * 60_000;
    expect(await sweep(show.around())).toEqual(['main/20261128T190000Z is harvesting']);
    expect(show.harvests.map(({ start, end }) => [start, end])).toEqual([[BEGIN, BEGIN + HOUR + 600_000]]);
  });

  test('harvests a show whose beginning was never noticed', async () => {
    const show = new FakeShow();
    show.start();
    show.now += 5 * 60_000;
    show.stop();
    await stateChanged(show.event('STOPPED'), show.around());
    expect(show.harvests.map(({ start, end }) => [start, end])).toEqual([[BEGIN, BEGIN + 300_000]]);
  });

  test('makes two recordings of a show that was restarted', async () => {
    const show = new FakeShow();
    await shown(show, HOUR);
    show.now += 30_000;
    await shown(show, HOUR);
    const [first, second] = show.harvests;
    expect(show.harvests).toHaveLength(2);
    expect(first?.end).toBe(BEGIN + HOUR);
    expect(second?.start).toBeGreaterThan(BEGIN + HOUR);
  });

  test('makes one recording of a show whose channel MediaLive restarts', async () => {
    const show = new FakeShow();
    show.start();
    const begun = show.event('RUNNING');
    show.now += 20_000;
    await stateChanged(begun, show.around());
    show.now = BEGIN + HOUR;
    show.stop();
    show.now += 40_000;
    show.start();
    // It was RECOVERING, and never STOPPED.
    expect(await stateChanged(show.event('RUNNING'), show.around())).toBe('main is known to run: nothing to do');
    show.now += HOUR;
    show.stop();
    await stateChanged(show.event('STOPPED'), show.around());
    expect(show.harvests.map(({ start, end }) => [start, end])).toEqual([[BEGIN, BEGIN + 2 * HOUR + 40_000]]);
  });

  test('finds the run that follows one whose end came too late', async () => {
    const show = new FakeShow();
    show.start();
    const begun = show.event('RUNNING');
    show.now += 20_000;
    await stateChanged(begun, show.around());
    show.now = BEGIN + HOUR;
    show.stop();
    const ended = show.event('STOPPED');
    show.now += 60_000;
    show.start();
    const again = show.event('RUNNING');
    show.now += 20_000;
    await stateChanged(again, show.around());
    await stateChanged(ended, show.around());
    expect(show.harvests.map(({ start, end }) => [start, end])).toEqual([[BEGIN, BEGIN + HOUR]]);
    await sweep(show.around());
    expect(show.store.json('runs/main/20261128T200100Z.json')).toMatchObject({ state: 'running' });
  });

  test('goes by the clock of the source, however wrong it is', async () => {
    const show = new FakeShow();
    show.drift = -5 * HOUR;
    await shown(show, HOUR);
    expect(show.harvests).toMatchObject([{ start: BEGIN - 5 * HOUR, end: BEGIN - 4 * HOUR }]);
  });

  test('harvests a show of 25 hours in two parts', async () => {
    const long = { ...MAIN, longestSeconds: 26 * 3600, windowSeconds: 27 * 3600 };
    const show = new FakeShow([long]);
    show.window = 27 * HOUR;
    await shown(show, 25 * HOUR);
    expect(show.harvests.map(({ name, start, end }) => [name, (end - start) / HOUR])).toEqual([
      ['main-20261128T190000Z-1', 24],
      ['main-20261128T190000Z-2', 1],
    ]);
  });

  test('makes another recording of what goes on after the longest show', async () => {
    const show = new FakeShow();
    show.start();
    show.now += 20_000;
    await sweep(show.around());
    show.now = BEGIN + 12 * HOUR + 10_000;
    await sweep(show.around());
    expect(show.harvests.map(({ start, end }) => [start, end])).toEqual([[BEGIN, BEGIN + 12 * HOUR]]);
    expect(show.store.json('runs/main/20261129T070000Z.json')).toMatchObject({
      state: 'running',
      start: at(12 * HOUR),
    });
  });

  test('asks for a copy for MediaConvert where pictures are made', async () => {
    const show = new FakeShow([{ ...MAIN, pictures: true }]);
    await shown(show, HOUR);
    expect(show.harvests.map(({ name, target, folder }) => [name, target.endpoint, folder])).toEqual([
      ['main-20261128T190000Z-1', 'cmaf', 'vod/main/20261128T190000Z/1'],
      ['main-20261128T190000Z-1-conversion', 'ts', 'conversion/main/20261128T190000Z/1'],
    ]);
  });

  test('asks again where MediaPackage is busy', async () => {
    const show = new FakeShow();
    show.harvested = () => 'later';
    await shown(show, HOUR);
    expect(show.store.json('runs/main/20261128T190000Z.json')).toMatchObject({ state: 'ended' });
    show.harvested = () => 'asked';
    await sweep(show.around());
    expect(show.store.json('runs/main/20261128T190000Z.json')).toMatchObject({ state: 'harvesting' });
  });

  test('reports a harvest that MediaPackage refuses', async () => {
    const show = new FakeShow();
    show.harvested = () => {
      throw new HarvestRefusedError('The start time is too early');
    };
    await shown(show, HOUR);
    expect(show.notices).toEqual([expect.stringContaining('The start time is too early')]);
    expect(show.store.json('runs/main/20261128T190000Z.json')).toMatchObject({ state: 'failed' });
  });
});

describe('the list of recordings', () => {
  test('has those that are not whole yet, and loses those that are removed', async () => {
    const show = new FakeShow();
    await shown(show, HOUR);
    const listed = await operatorTask({ task: 'recordings' }, show.around());
    expect(listed).toMatchObject({ recordings: [{ id: '20261128T190000Z', state: 'harvesting' }] });
    const remove = { task: 'remove' as const, channel: 'main', id: '20261128T190000Z' };
    await expect(operatorTask(remove, show.around())).rejects.toThrow(
      'is harvesting; it can be removed once it is whole',
    );

    const run = show.store.json('runs/main/20261128T190000Z.json');
    show.store.put('runs/main/20261128T190000Z.json', JSON.stringify({ ...run, state: 'done' }));
    show.store.put('vod/main/20261128T190000Z/1/index.m3u8', '');
    expect(await operatorTask(remove, show.around())).toMatchObject({ removed: { files: 1 } });
    expect(show.forgotten).toEqual(['/vod/main/20261128T190000Z/*']);
    expect(await operatorTask({ task: 'recordings' }, show.around())).toEqual({ recordings: [] });
    await expect(operatorTask({ ...remove, id: 'x' }, show.around())).rejects.toThrow('There is no recording main/x');
  });
});
