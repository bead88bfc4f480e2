import { expect, test } from '@jest/globals';
import { stateChanged } from '../../lambda/recorder/handler';
import { BEGIN, FakeShow } from './fake-recordings';

const MINUTE = 60_000;

/** Runs a show of an hour, whose two events arrive. @param cut - happens while it runs. */
async function shown(show: FakeShow, cut: () => void = () => undefined): Promise<void> {
  show.start();
  const begun = show.event('RUNNING');
  show.now += 20_000;
  await stateChanged(begun, show.around());
  cut();
  show.now += 60 * MINUTE;
  show.stop();
  await stateChanged(show.event('STOPPED'), show.around());
}

test('the recorder loses no show, however many clips are cut from it', async () => {
  const show = new FakeShow();
  await shown(show);
  const first = show.store.json('runs/main/20261128T190000Z.json');
  show.now = BEGIN + 120 * MINUTE;
  await shown(show, () => {
    for (let number = 1; number <= 70; number += 1) {
      const start = new Date(show.now + number * 30_000).toISOString().replace(/[-:]/g, '').slice(0, 15);
      const clip = { channel: 'main', id: `${start}Z-10`, kind: 'clip', state: 'done' };
      show.store.put(`runs/main/${clip.id}.json`, JSON.stringify(clip));
    }
  });
  expect(show.harvests.map(({ name }) => name)).toEqual(['main-20261128T190000Z-1', 'main-20261128T210000Z-1']);
  expect(show.store.json('runs/main/20261128T190000Z.json')).toEqual(first);
});
