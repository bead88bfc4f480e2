import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Properties } from '../../../src/contract';
import { FILE, passed, Trial } from '../control-plane-fixture';
import { channel, encoderSettings, request } from '../fixture';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

const DEED = fc.oneof(
  fc.constantFrom('start', 'stop', 'restart', 'delete', 'update', 'retag', 'lose the encoder', 'get the encoder back'),
  fc.integer({ min: 0, max: 600 }),
);

/** The states in which a run is there, and what it does then. */
const RUN_STATE: Readonly<Record<string, readonly string[]>> = {
  STARTING: ['prepared'],
  RUNNING: ['running'],
  RECOVERING: ['running'],
  STOPPING: ['running'],
};

describe('whatever is asked of a channel, in any order and at any time,', () => {
  test('its processes run when it says so and at no other time, and it can be brought to an end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(DEED, { maxLength: 25 }), async (deeds) => {
        const trial = new Trial();
        try {
          await tried(trial, deeds);
        } finally {
          trial.cloud.remove();
        }
      }),
      { numRuns: 200 },
    );
  });
});

async function tried(trial: Trial, deeds: readonly (string | number)[]): Promise<void> {
  const input = await trial.create('Input', FILE);
  let properties = channel(input.physicalId);
  const { physicalId: id } = await trial.create('Channel', properties);
  const path = `/prod/channels/${id}`;

  const act = async (deed: string | number) => {
    if (typeof deed === 'number') return passed(deed);
    if (deed === 'start' || deed === 'stop') return trial.call('POST', `${path}/${deed}`);
    if (deed === 'restart') return trial.call('POST', `${path}/restartChannelPipelines`);
    if (deed === 'delete') return trial.call('DELETE', path);
    if (deed === 'lose the encoder') return trial.dataPlane.runs.at(-1)?.events.encoderLost(0);
    if (deed === 'get the encoder back') return trial.dataPlane.runs.at(-1)?.events.encoderBack(0);
    const width = 320 + 2 * trial.cloud.put.length;
    const change: Properties =
      deed === 'retag'
        ? { Tags: { now: String(width) } }
        : { EncoderSettings: encoderSettings({ sizes: [{ width, height: 180 }] }) };
    const previous = properties;
    const changed = { ...properties, ...change };
    const state = { physicalId: id, ref: id, attributes: {} };
    const work = trial.provider('Channel').update?.(state, request('AWS::MediaLive::Channel', changed), previous);
    work?.then(
      () => {
        properties = changed;
      },
      () => {},
    );
  };
  for (const deed of deeds) {
    await act(deed);
    await checked(trial, path);
  }

  await passed(2000);
  if ((await trial.state(id)) !== 'DELETED') {
    await trial.stop(id);
    await trial.remove('Channel', id);
  }
  expect(await trial.state(id)).toBe('DELETED');
  expect(trial.dataPlane.runs.every(({ state }) => state === 'stopped')).toBe(true);
  expect(await trial.call('GET', `/prod/inputs/${input.physicalId}`)).toMatchObject({ state: 'DETACHED' });
}

async function checked(trial: Trial, path: string): Promise<void> {
  const { state } = await trial.call('GET', path);
  const running = trial.dataPlane.runs.map((run) => run.state).filter((each) => each !== 'stopped');
  expect(running).toEqual(RUN_STATE[String(state)] ?? []);
}
