import { describe, expect, test } from '@jest/globals';
import { sweep } from '../../lambda/recorder/handler';
import { recordingsHandler } from '../../lambda/recorder/kept';
import type { RecorderSurroundings } from '../../lambda/recorder/surroundings';
import { failing, refused, UNWELL } from './failing';
import { BEGIN, FakeShow } from './fake-recordings';

const HOUR = 3_600_000;

const event = (type: string, retained: string) =>
  ({
    RequestType: type,
    LogicalResourceId: 'Kept',
    PhysicalResourceId: 'x',
    ResourceProperties: { Retained: retained },
  }) as never;

describe('the deletion of a stack', () => {
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

describe('services that are not well', () => {
  async function handled(show: FakeShow, type: string, retained: string, unwell: Partial<RecorderSurroundings>) {
    const around = { ...show.around(), ...unwell };
    return recordingsHandler(() => around).handle(event(type, retained), around.deadline);
  }

  test('do not fail a first deployment, and neither does a permission that has not arrived', async () => {
    const show = new FakeShow();
    await handled(show, 'Create', 'true', { store: failing(show.store, UNWELL) });
    expect(show.store.json('vod/catalogue.json')).toEqual({ version: 1, recordings: [], running: [] });
  });

  test('do not keep harvests from being cancelled', async () => {
    const show = new FakeShow();
    show.active = ['main-20261128T190000Z-1'];
    await handled(show, 'Delete', 'false', { harvester: failing(show.around().harvester, UNWELL) });
    expect(show.cancelled).toEqual(['main-20261128T190000Z-1']);
  });

  test('do not keep the last show from being harvested', async () => {
    const show = new FakeShow();
    show.start();
    show.now += 20_000;
    await sweep(show.around());
    show.now += HOUR;
    show.stop();
    const { channels, harvester, media } = show.around();
    const edge = failing({ media }, UNWELL);
    await handled(show, 'Delete', 'true', {
      channels: failing(channels, UNWELL),
      harvester: failing(harvester, UNWELL),
      store: failing(show.store, UNWELL),
      media: (...asked) => edge.media(...asked),
    });
    expect(show.harvests).toHaveLength(1);
  });

  test('are given up before the deadline, with their own words', async () => {
    const show = new FakeShow();
    const harvester = failing(show.around().harvester, Array<Error>(1000).fill(refused('ServiceUnavailable', 503)));
    await expect(handled(show, 'Delete', 'false', { harvester })).rejects.toThrow('ServiceUnavailable was thrown');
    expect(show.now).toBeGreaterThan(BEGIN + 500_000);
    expect(show.now).toBeLessThan(BEGIN + 540_000);
  });
});
