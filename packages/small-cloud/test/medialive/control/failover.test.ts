import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { FILE, Trial } from '../control-plane-fixture';
import { channel } from '../fixture';

let trial: Trial;
let inputs: readonly [string, string];

beforeEach(async () => {
  jest.useFakeTimers();
  trial = new Trial();
  inputs = [(await trial.push('live/a')).id, (await trial.push('live/b')).id];
});

afterEach(() => {
  jest.useRealTimers();
  trial.cloud.remove();
});

const loss = { FailoverConditionSettings: { InputLossSettings: { InputLossThresholdMsec: 500 } } };
const black = { FailoverConditionSettings: { VideoBlackSettings: { VideoBlackThresholdMsec: 5000 } } };

function paired(failover: Properties = {}, [first, second] = inputs): Properties {
  const InputSettings = { AudioSelectors: [{ Name: 'default' }] };
  const AutomaticInputFailoverSettings = {
    SecondaryInputId: second,
    InputPreference: 'PRIMARY_INPUT_PREFERRED',
    ErrorClearTimeMsec: 20_000,
    FailoverConditions: [loss],
    ...failover,
  };
  return channel(first, {
    InputAttachments: [
      { InputId: first, InputAttachmentName: 'main', InputSettings, AutomaticInputFailoverSettings },
      { InputId: second, InputAttachmentName: 'main-backup', InputSettings },
    ],
  });
}

const attachedTo = async (id: string) => (await trial.call('GET', `/prod/inputs/${id}`))['attachedChannels'];

describe('a channel with a failover', () => {
  test('plays both inputs, with the thresholds of the template', async () => {
    const { physicalId, attributes } = await trial.create('Channel', paired());
    expect(attributes['Inputs']).toEqual(inputs);
    await trial.start(physicalId);
    expect(trial.dataPlane.last.plan.sources).toEqual([
      {
        kind: 'failover',
        failover: { lossMs: 500, clearMs: 20_000, returns: true },
        inputs: [
          { attachmentName: 'main', node: 'input camera', source: expect.objectContaining({ kind: 'push' }) },
          { attachmentName: 'main-backup', node: 'input camera', source: expect.objectContaining({ kind: 'push' }) },
        ],
      },
    ]);
  });

  test('holds both inputs until it is deleted, and lets go of the second when it is left out', async () => {
    const properties = paired();
    const { physicalId } = await trial.create('Channel', properties);
    expect([await attachedTo(inputs[0]), await attachedTo(inputs[1])]).toEqual([[physicalId], [physicalId]]);
    await trial.update('Channel', physicalId, channel(inputs[0]), properties);
    expect([await attachedTo(inputs[0]), await attachedTo(inputs[1])]).toEqual([[physicalId], []]);
    await trial.update('Channel', physicalId, properties, channel(inputs[0]));
    expect(await attachedTo(inputs[1])).toEqual([physicalId]);
    await trial.remove('Channel', physicalId);
    expect([await attachedTo(inputs[0]), await attachedTo(inputs[1])]).toEqual([[], []]);
  });

  test('says that it acts on loss alone where the template asks for more', async () => {
    await trial.create('Channel', paired({ FailoverConditions: [loss, black] }));
    expect(trial.cloud.told.join('\n')).toMatch(/when the one on air is lost, not when it is black or silent/);
  });

  test('refuses a second input that the first does not name', async () => {
    await expect(trial.create('Channel', paired({ SecondaryInputId: '7' }))).rejects.toThrow(
      'InputAttachments[0].AutomaticInputFailoverSettings.SecondaryInputId: it is not the input of the second attachment',
    );
  });

  const silence = { FailoverConditionSettings: { AudioSilenceSettings: { AudioSilenceThresholdMsec: 18_001 } } };

  test.each([
    ['a loss', { FailoverConditions: [loss], ErrorClearTimeMsec: 2499 }, '2499 was given', '2500 or more'],
    ['black', { FailoverConditions: [loss, black], ErrorClearTimeMsec: 6999 }, '6999 was given', '7000 or more'],
    ['silence', { FailoverConditions: [silence, loss] }, '20000 was given', '20001 or more'],
  ])('refuses an input that is well again too soon after %s', async (_, failover, given, least) => {
    await expect(trial.create('Channel', paired(failover))).rejects.toMatchObject({
      code: 'UnprocessableEntityException',
      message: `InputAttachments[0].AutomaticInputFailoverSettings.ErrorClearTimeMsec: ${given}; it must be at least 2000 above the largest threshold of the failover conditions, ${least}`,
    });
  });

  test('takes an input that is well again two seconds after the largest threshold', async () => {
    const { physicalId } = await trial.create(
      'Channel',
      paired({ FailoverConditions: [loss, black], ErrorClearTimeMsec: 7000 }),
    );
    expect(await trial.state(physicalId)).toBe('IDLE');
  });

  test('refuses inputs of two types', async () => {
    const { physicalId: file } = await trial.create('Input', FILE);
    await expect(trial.create('Channel', paired({}, [inputs[0], file]))).rejects.toThrow(
      'the inputs of a failover must be of one type and class: camera is RTMP_PUSH SINGLE_PIPELINE, clip is MP4_FILE SINGLE_PIPELINE',
    );
  });
});
