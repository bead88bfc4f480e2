import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { passed, Trial } from '../control-plane-fixture';
import { encoderSettings } from '../fixture';

let trial: Trial;
let id: string;

beforeEach(async () => {
  jest.useFakeTimers();
  trial = new Trial();
  id = await trial.fileChannel();
});

afterEach(() => {
  jest.useRealTimers();
  trial.cloud.remove();
});

const IMMEDIATE = { immediateModeScheduleActionStartSettings: {} };
const at = (seconds: number) => ({
  fixedModeScheduleActionStartSettings: { time: new Date(Date.now() + seconds * 1000).toISOString() },
});
const breakOf = (actionName: string, spliceEventId: number, more: object = {}) => ({
  actionName,
  scheduleActionStartSettings: IMMEDIATE,
  scheduleActionSettings: { scte35SpliceInsertSettings: { spliceEventId, duration: 2_700_000 } },
  ...more,
});
const creates = (...scheduleActions: readonly object[]) =>
  trial.call('PUT', `/prod/channels/${id}/schedule`, { creates: { scheduleActions } });
const listed = async () => (await trial.call('GET', `/prod/channels/${id}/schedule`))['scheduleActions'];
const OUT = { kind: 'splice-out', eventId: 7, durationTicks: 2_700_000 };

describe('messages of the schedule', () => {
  test('a splice insert at once is put into the media, and stays in the schedule for an hour', async () => {
    await trial.start(id);
    const asked = breakOf('break', 7);
    expect(await creates(asked)).toMatchObject({ status: 200, creates: { scheduleActions: [asked] } });
    expect(trial.packager.messages).toEqual([OUT]);
    expect(await listed()).toEqual([asked]);
    await passed(3600 * 1000);
    expect(await listed()).toEqual([]);
  });

  test('a return to network ends a break, and frees its event id', async () => {
    await trial.start(id);
    await creates(breakOf('break', 7));
    const scheduleActionSettings = { scte35ReturnToNetworkSettings: { spliceEventId: 7 } };
    await creates(breakOf('back', 7, { scheduleActionSettings }));
    expect(trial.packager.messages).toEqual([OUT, { kind: 'splice-in', eventId: 7 }]);
    expect(await creates(breakOf('again', 7))).toMatchObject({ status: 200 });
  });

  test('an action in fixed mode starts at its time', async () => {
    await trial.start(id);
    await creates(breakOf('break', 7, { scheduleActionStartSettings: at(20) }));
    await passed(19_000);
    expect(trial.packager.messages).toEqual([]);
    await passed(1000);
    expect(trial.packager.messages).toEqual([OUT]);
  });

  test('an action that is deleted before its time never starts', async () => {
    await trial.start(id);
    await creates(breakOf('break', 7, { scheduleActionStartSettings: at(20) }));
    await trial.call('PUT', `/prod/channels/${id}/schedule`, { deletes: { actionNames: ['break'] } });
    await passed(30_000);
    expect(trial.packager.messages).toEqual([]);
  });

  test('a channel that is stopped by then misses an action', async () => {
    await trial.start(id);
    await creates(breakOf('break', 7, { scheduleActionStartSettings: at(20) }));
    await trial.stop(id);
    await passed(30_000);
    expect(trial.packager.messages).toEqual([]);
  });

  test.each<[string, () => object, string]>([
    [
      'a start less than 15 seconds ahead',
      () => breakOf('break', 7, { scheduleActionStartSettings: at(14) }),
      'UnprocessableEntityException',
    ],
    [
      'a start more than 14 days ahead',
      () => breakOf('break', 7, { scheduleActionStartSettings: at(15 * 24 * 3600) }),
      'UnprocessableEntityException',
    ],
    [
      'a duration that is no whole number of ticks',
      () =>
        breakOf('break', 7, {
          scheduleActionSettings: { scte35SpliceInsertSettings: { spliceEventId: 7, duration: 1.5 } },
        }),
      'BadRequestException',
    ],
    ['an event id of more than 32 bits', () => breakOf('break', 4_294_967_296), 'BadRequestException'],
    [
      'a start that follows another action',
      () => breakOf('break', 7, { scheduleActionStartSettings: { followModeScheduleActionStartSettings: {} } }),
      'NotImplementedException',
    ],
    [
      'two kinds of settings',
      () =>
        breakOf('break', 7, {
          scheduleActionSettings: {
            scte35SpliceInsertSettings: { spliceEventId: 7 },
            scte35ReturnToNetworkSettings: { spliceEventId: 7 },
          },
        }),
      'UnprocessableEntityException',
    ],
  ])('refuses %s', async (_, asked, error) => {
    await trial.start(id);
    expect(await creates(asked())).toMatchObject({ error });
    expect(trial.packager.messages).toEqual([]);
  });

  test('refuses the event id of a break that is not over', async () => {
    await trial.start(id);
    await creates(breakOf('break', 7));
    await passed(29_000);
    expect(await creates(breakOf('again', 7))).toMatchObject({ error: 'UnprocessableEntityException' });
    await passed(1000);
    expect(await creates(breakOf('again', 7))).toMatchObject({ status: 200 });
  });

  test('refuses an action at once while the channel does not run, with the error that the call has', async () => {
    expect(await creates(breakOf('break', 7))).toMatchObject({ error: 'UnprocessableEntityException' });
    expect(await listed()).toEqual([]);
  });

  test('refuses to delete an action that starts in less than 15 seconds', async () => {
    await trial.start(id);
    await creates(breakOf('break', 7, { scheduleActionStartSettings: at(20) }));
    await passed(6000);
    const deletes = { actionNames: ['break'] };
    const asked = await trial.call('PUT', `/prod/channels/${id}/schedule`, { deletes });
    expect(asked).toMatchObject({ error: 'UnprocessableEntityException' });
    await passed(14_000);
    expect(trial.packager.messages).toEqual([OUT]);
  });
});

/** A tag with one frame of text. */
function tag(text: string): Buffer {
  const content = Buffer.from(`\u0003poll\0${text}`);
  const head = (bytes: number) => [0, 0, bytes >> 7, bytes & 0x7f];
  const frame = Buffer.concat([Buffer.from('TXXX'), Buffer.from([...head(content.length), 0, 0]), content]);
  return Buffer.concat([Buffer.from('ID3\u0004\0\0'), Buffer.from(head(frame.length)), frame]);
}

const id3Of = (given: unknown, kind = 'hlsTimedMetadataSettings') => ({
  actionName: 'question',
  scheduleActionStartSettings: IMMEDIATE,
  scheduleActionSettings: { [kind]: { id3: given } },
});

/** The settings of a channel whose output group has these besides its own. */
function groupSettings(more: object) {
  const settings = JSON.stringify(encoderSettings()).replace('"Scte35Type"', `${JSON.stringify(more).slice(1, -1)},$&`);
  return { EncoderSettings: JSON.parse(settings.replace('{,', '{').replaceAll(',,', ',')) };
}

describe('ID3 of the schedule', () => {
  const passing = { Id3Behavior: 'ENABLED' };

  test('is put into the media of a MediaPackage output group by HLS Timed Metadata', async () => {
    id = await trial.fileChannel(groupSettings(passing));
    await trial.start(id);
    const tags = Buffer.concat([tag('one'), tag('two')]);
    expect(await creates(id3Of(tags.toString('base64')))).toMatchObject({ status: 200 });
    expect(trial.packager.messages).toEqual([{ kind: 'id3', tags }]);
  });

  test.each([
    [{}, 'hlsTimedMetadataSettings', /passes on no ID3/],
    [passing, 'timedMetadataSettings', /takes its ID3 from hlsTimedMetadataSettings/],
  ])('goes nowhere with the settings %j and %s, and the screen says so', async (settings, kind, line) => {
    id = await trial.fileChannel(groupSettings(settings));
    await trial.start(id);
    await creates(id3Of(tag('one').toString('base64'), kind));
    expect(trial.packager.messages).toEqual([]);
    expect(trial.cloud.told.join('\n')).toMatch(line);
  });

  test.each([
    ['no base64', 'ID3!'],
    ['a tag that is cut off', tag('one').subarray(0, 20).toString('base64')],
    ['a tag of another version', Buffer.from(tag('one').map((byte, at) => (at === 3 ? 3 : byte))).toString('base64')],
    ['a tag without a frame', Buffer.from('ID3\u0004\0\0\0\0\0\0').toString('base64')],
    ['nothing', ''],
  ])('refuses %s', async (_, given) => {
    await trial.start(id);
    expect(await creates(id3Of(given))).toMatchObject({ error: 'UnprocessableEntityException' });
  });

  test('refuses variable data, which the local run does not fill in', async () => {
    await trial.start(id);
    const given = tag('it is $dt$').toString('base64');
    expect(await creates(id3Of(given))).toMatchObject({ error: 'NotImplementedException' });
  });
});
