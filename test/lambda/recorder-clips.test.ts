import { describe, expect, test } from '@jest/globals';
import { operatorTask } from '../../lambda/recorder/operator';
import { BEGIN, FakeShow } from './fake-recordings';

const HOUR = 3_600_000;
const at = (milliseconds: number) => new Date(BEGIN + milliseconds).toISOString();

describe('a clip', () => {
  const task = { task: 'clip' as const, channel: 'main', from: at(60_000), to: at(180_000) };

  test('is harvested while the show goes on, and is the same one when it is asked for again', async () => {
    const show = new FakeShow();
    show.start();
    show.now += HOUR;
    const expected = { clip: { id: '20261128T190100Z-120', kind: 'clip', state: 'harvesting' } };
    expect(await operatorTask({ ...task, title: 'Goal' }, show.around())).toMatchObject(expected);
    expect(await operatorTask({ ...task, title: 'Goal' }, show.around())).toMatchObject(expected);
    expect(show.harvests.map(({ start, end }) => [start, end])).toEqual([[BEGIN + 60_000, BEGIN + 180_000]]);
  });

  test('is not given an MP4 later, and says so', async () => {
    const show = new FakeShow();
    show.start();
    show.now += HOUR;
    await operatorTask(task, show.around());
    await expect(operatorTask({ ...task, mp4: true }, show.around())).rejects.toThrow(
      'Clip main/20261128T190100Z-120 is there without an MP4, which is made together with a clip; remove it',
    );
  });

  test('refuses what was not on air, and what no clock says', async () => {
    const show = new FakeShow();
    await expect(operatorTask(task, show.around())).rejects.toThrow('Channel main has no media from');
    await expect(operatorTask({ ...task, from: 'soon' }, show.around())).rejects.toThrow(
      'times in ISO 8601 are needed',
    );
    await expect(operatorTask({ ...task, to: task.from }, show.around())).rejects.toThrow(
      `from ${task.from} to ${task.from} was given; a clip ends after it begins`,
    );
    await expect(operatorTask({ ...task, channel: 'stage' }, show.around())).rejects.toThrow(
      'channel: stage was given; the recorded channels are main',
    );
  });
});
