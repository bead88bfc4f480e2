import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { passed, settled, Trial } from '../control-plane-fixture';

let trial: Trial;

beforeEach(() => {
  jest.useFakeTimers();
  trial = new Trial();
  trial.plane.start();
});

afterEach(async () => {
  await settled(trial.plane.stop());
  trial.cloud.remove();
  jest.useRealTimers();
});

/** Returns the newest values of a channel's metrics, by name and pipeline, and forgets them. */
function measured(id: string): Readonly<Record<string, number>> {
  const values = Object.fromEntries(
    trial.cloud.measured
      .filter(({ dimensions }) => dimensions['ChannelId'] === id)
      .map(({ name, dimensions, value }) => [`${name} ${dimensions['Pipeline']}`, value]),
  );
  trial.cloud.measured.length = 0;
  return values;
}

describe('the metrics of a channel', () => {
  test('come every ten seconds while it runs, and not while it is idle', async () => {
    const id = await trial.fileChannel();
    await passed(30_000);
    expect(measured(id)).toEqual({});
    await trial.start(id);
    trial.dataPlane.last.events.receiving(0, true);
    await passed(10_000);
    expect(measured(id)).toEqual({
      'ActiveAlerts 0': 0,
      'FillMsec 0': 0,
      'InputVideoFrameRate 0': 30,
      'PipelinesLocked 0': 0,
      'ActiveOutputs 0': 3,
      'Output4xxErrors 0': 0,
      'Output5xxErrors 0': 0,
    });
    await trial.stop(id);
    measured(id);
    await passed(30_000);
    expect(measured(id)).toEqual({});
  });

  test('say that the input is lost: filler, no frames, and an alert', async () => {
    const id = await trial.fileChannel();
    await trial.start(id);
    await passed(20_000);
    expect(measured(id)).toMatchObject({ 'FillMsec 0': 10_000, 'InputVideoFrameRate 0': 0, 'ActiveAlerts 0': 1 });
  });

  test('say for each pipeline when its encoder is lost, and that the two are not in step then', async () => {
    const id = await trial.standardChannel();
    await trial.start(id);
    trial.dataPlane.last.events.receiving(0, true);
    trial.dataPlane.last.events.receiving(1, true);
    trial.dataPlane.last.events.encoderLost(1);
    await passed(10_000);
    expect(measured(id)).toMatchObject({ 'ActiveOutputs 0': 3, 'ActiveOutputs 1': 0, 'PipelinesLocked 0': 0 });
  });

  test('name the output group by its name, as MediaLive does', async () => {
    const id = await trial.fileChannel();
    await trial.start(id);
    await passed(10_000);
    const outputs = trial.cloud.measured.filter(({ name }) => name === 'ActiveOutputs');
    expect(outputs.at(-1)?.dimensions).toEqual({ ChannelId: id, Pipeline: '0', OutputGroupName: 'packager' });
  });
});
