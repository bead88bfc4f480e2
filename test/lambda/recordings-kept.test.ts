import { describe, expect, test } from '@jest/globals';
import { sweep } from '../../lambda/recorder/handler';
import { recordingsHandler } from '../../lambda/recorder/kept';
import { FakeShow } from './fake-recordings';

const HOUR = 3_600_000;

describe('the deletion of a stack', () => {
  const event = (type: string, retained: string) =>
    ({
      RequestType: type,
      LogicalResourceId: 'Kept',
      PhysicalResourceId: 'x',
      ResourceProperties: { Retained: retained },
    }) as never;

  test('harvests the last show first where recordings are retained', async () => {
    const show = new FakeShow();
    show.start();
    show.now += 20_000;
    await sweep(show.around());
    show.now += HOUR;
    show.stop();
    show.active = ['main-20261128T190000Z-1'];
    show.meanwhile = () => {
      if (show.harvests.length > 0) show.active = [];
    };
    await recordingsHandler(() => show.around()).handle(event('Delete', 'true'), show.now + 300_000);
    expect(show.harvests).toHaveLength(1);
    expect(show.cancelled).toEqual([]);
  });

  test('cancels harvests where they are deleted', async () => {
    const show = new FakeShow();
    show.active = ['main-20261128T190000Z-1'];
    await recordingsHandler(() => show.around()).handle(event('Delete', 'false'), show.now + 300_000);
    expect(show.cancelled).toEqual(['main-20261128T190000Z-1']);
  });

  test('waits for harvests that cannot be cancelled', async () => {
    const show = new FakeShow();
    show.active = ['live-main-20261128T190000Z-1'];
    let looks = 0;
    show.meanwhile = () => {
      looks += 1;
      if (looks === 3) show.active = [];
    };
    await recordingsHandler(() => show.around()).handle(event('Delete', 'false'), show.now + 300_000);
    expect([looks, show.active]).toEqual([3, []]);
  });

  test('is preceded by a catalogue that is there from the beginning', async () => {
    const show = new FakeShow();
    await recordingsHandler(() => show.around()).handle(event('Create', 'true'), show.now + 300_000);
    expect(show.store.json('vod/catalogue.json')).toEqual({ version: 1, recordings: [], running: [] });
  });
});
