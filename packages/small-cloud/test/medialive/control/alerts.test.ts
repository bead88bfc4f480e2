import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { passed, Trial } from '../control-plane-fixture';
import { channel } from '../fixture';

const ALERT = 'MediaLive Channel Alert';
const RTMP = ['RTMP Has No Audio/Video', 'Video Not Detected'];

let trial: Trial;

beforeEach(() => {
  jest.useFakeTimers();
  trial = new Trial();
});

afterEach(() => {
  trial.cloud.remove();
  jest.useRealTimers();
});

describe('a running channel without a publisher', () => {
  test('has alerts after some seconds, for each pipeline, until there is one', async () => {
    const id = await rtmpChannel({ ChannelClass: 'STANDARD' }, 'live/a', 'live/b');
    await trial.start(id);
    expect(await alerts(id)).toEqual([]);
    await passed(3000);
    expect(await alerts(id, 'SET')).toEqual(['0 ', '1 '].flatMap((pipeline) => RTMP.map((type) => pipeline + type)));
    trial.dataPlane.last.events.receiving(1, true);
    expect(await alerts(id, 'SET')).toEqual(RTMP.map((type) => `0 ${type}`));
    expect(await alerts(id, 'CLEARED')).toEqual(RTMP.map((type) => `1 ${type}`));
    trial.dataPlane.last.events.receiving(1, false);
    await passed(2900);
    expect(await alerts(id, 'SET')).toHaveLength(2);
    await passed(200);
    expect(await alerts(id, 'SET')).toHaveLength(4);
    expect(await alerts(id)).toHaveLength(6);
  });

  test('has none when a publisher is back in time', async () => {
    const id = await rtmpChannel({}, 'live/a');
    await trial.start(id);
    for (let count = 0; count < 5; count++) {
      trial.dataPlane.last.events.receiving(0, true);
      await passed(10_000);
      trial.dataPlane.last.events.receiving(0, false);
      await passed(2000);
    }
    expect(await alerts(id)).toEqual([]);
  });

  test('clears them when it stops, and raises none while it is idle', async () => {
    const id = await rtmpChannel({}, 'live/a');
    await trial.start(id);
    await passed(5000);
    await trial.stop(id);
    await passed(60_000);
    expect(await alerts(id, 'SET')).toEqual([]);
    expect(await alerts(id, 'CLEARED')).toHaveLength(2);
  });

  test('has none when it stops before they are due', async () => {
    const id = await rtmpChannel({}, 'live/a');
    await trial.start(id);
    await trial.stop(id);
    await passed(60_000);
    expect(await alerts(id)).toEqual([]);
  });

  test("has their times on the cloud's clock", async () => {
    Object.assign(trial.cloud.clock, { now: () => Date.parse('2030-01-01T12:00:00Z') });
    const id = await rtmpChannel({}, 'live/a');
    await trial.start(id);
    await passed(5000);
    Object.assign(trial.cloud.clock, { now: () => Date.parse('2030-01-01T18:00:00Z') });
    trial.dataPlane.last.events.receiving(0, true);
    const { alerts: listed } = await trial.call('GET', `/prod/channels/${id}/alerts`);
    expect(listed).toMatchObject([
      { setTimestamp: '2030-01-01T12:00:00.000Z', clearedTimestamp: '2030-01-01T18:00:00.000Z', state: 'CLEARED' },
      {},
    ]);
  });

  test('tells of them on the event bus, when set and when cleared', async () => {
    const id = await rtmpChannel({}, 'live/a');
    await trial.start(id);
    await passed(5000);
    trial.dataPlane.last.events.receiving(0, true);
    const arn = `arn:aws:medialive:eu-west-1:111122223333:channel:${id}`;
    const told = trial.cloud.put.filter(({ detailType }) => detailType === ALERT);
    expect(told[0]).toEqual({
      source: 'aws.medialive',
      detailType: ALERT,
      resources: [arn],
      detail: {
        alarm_state: 'SET',
        alarm_id: expect.stringMatching(/^[0-9a-f]{40}$/),
        alert_type: 'RTMP Has No Audio/Video',
        pipeline: '0',
        channel_arn: arn,
        message: 'Waiting for RTMP input',
      },
    });
    expect(trial.told(ALERT, 'alarm_state')).toEqual(['SET', 'SET', 'CLEARED', 'CLEARED']);
    const [first, second, third, fourth] = trial.told(ALERT, 'alarm_id');
    expect([third, fourth]).toEqual([first, second]);
  });
});

describe('a running channel whose file gives nothing', () => {
  test('has one alert for each pipeline, until that plays it', async () => {
    const input = await trial.create('Input', {
      Name: 'clip',
      Type: 'MP4_FILE',
      Sources: [{ Url: 's3ssl://media/a.mp4' }, { Url: 's3ssl://media/a.mp4' }],
    });
    const made = await trial.create('Channel', channel(input.physicalId, { ChannelClass: 'STANDARD' }));
    await trial.start(made.physicalId);
    await passed(5000);
    expect(await alerts(made.physicalId, 'SET')).toEqual(['0 Video Not Detected', '1 Video Not Detected']);
    trial.dataPlane.last.events.receiving(0, true);
    expect(await alerts(made.physicalId, 'SET')).toEqual(['1 Video Not Detected']);
    trial.dataPlane.last.events.receiving(1, true);
    expect(await alerts(made.physicalId, 'SET')).toEqual([]);
  });
});

describe('a list of alerts', () => {
  test('refuses a state that alerts do not have', async () => {
    const id = await trial.fileChannel();
    expect(await trial.call('GET', `/prod/channels/${id}/alerts?stateFilter=OPEN`)).toMatchObject({
      status: 400,
      message: 'stateFilter: OPEN was given; SET or CLEARED is needed',
    });
  });
});

async function rtmpChannel(overrides: Properties, ...streams: readonly string[]): Promise<string> {
  const { id } = await trial.push(...streams);
  return (await trial.create('Channel', channel(id, overrides))).physicalId;
}

/** Pipeline and type of each alert, sorted. */
async function alerts(id: string, state?: string): Promise<readonly string[]> {
  const filter = state === undefined ? '' : `?stateFilter=${state}`;
  const { alerts: listed } = await trial.call('GET', `/prod/channels/${id}/alerts${filter}`);
  return (listed as readonly { readonly pipelineId: string; readonly alertType: string }[])
    .map(({ pipelineId, alertType }) => `${pipelineId} ${alertType}`)
    .sort();
}
