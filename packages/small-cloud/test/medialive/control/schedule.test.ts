import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { FILE, passed, Trial } from '../control-plane-fixture';
import { channel } from '../fixture';

let trial: Trial;
let id: string;

beforeEach(async () => {
  jest.useFakeTimers();
  trial = new Trial();
  const camera = (await trial.push('live/a')).id;
  const film = (await trial.create('Input', { ...FILE, Name: 'film' })).physicalId;
  const attached = (InputId: string, InputAttachmentName: string): Properties => ({
    InputId,
    InputAttachmentName,
    InputSettings: { AudioSelectors: [{ Name: 'default' }], SourceEndBehavior: 'LOOP' },
  });
  const InputAttachments = [attached(camera, 'main'), attached(film, 'main-film')];
  id = (await trial.create('Channel', channel(camera, { InputAttachments }))).physicalId;
});

afterEach(() => {
  jest.useRealTimers();
  trial.cloud.remove();
});

const path = () => `/prod/channels/${id}/schedule`;
const action = (name: string, inputAttachmentNameReference: string, more: object = {}) => ({
  actionName: name,
  scheduleActionStartSettings: { immediateModeScheduleActionStartSettings: {} },
  scheduleActionSettings: { inputSwitchSettings: { inputAttachmentNameReference } },
  ...more,
});
const creates = (...scheduleActions: readonly object[]) => trial.call('PUT', path(), { creates: { scheduleActions } });
const names = async () =>
  ((await trial.call('GET', path()))['scheduleActions'] as readonly { actionName: string }[]).map(
    (each) => each.actionName,
  );

describe('the schedule of a channel', () => {
  test('switches a running channel to another of its inputs at once', async () => {
    await trial.start(id);
    expect(trial.dataPlane.last.plan.sources).toEqual([
      {
        kind: 'switched',
        inputs: [
          { attachmentName: 'main', node: 'input camera', source: expect.objectContaining({ kind: 'push' }) },
          {
            attachmentName: 'main-film',
            node: 'input film',
            source: expect.objectContaining({ kind: 'file', loop: true }),
          },
        ],
      },
    ]);
    const answer = await creates(action('there', 'main-film'));
    expect(answer).toMatchObject({ status: 200, creates: { scheduleActions: [{ actionName: 'there' }] } });
    await creates(action('back', 'main'));
    expect(trial.dataPlane.last.switches).toEqual(['main-film', 'main']);
    await creates(action('there-again', 'main-film'));
    const { pipelineDetails } = await trial.call('GET', `/prod/channels/${id}`);
    expect(pipelineDetails).toEqual([{ pipelineId: '0', activeInputAttachmentName: 'main-film' }]);
    expect(await names()).toEqual(['there', 'back', 'there-again']);
  });

  test('forgets actions that are deleted', async () => {
    await trial.start(id);
    await creates(action('there', 'main-film'), action('back', 'main'));
    await trial.call('PUT', path(), { deletes: { actionNames: ['there'] } });
    expect(await names()).toEqual(['back']);
    await trial.call('DELETE', path());
    expect(await names()).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['an input that the channel has not', action('there', 'elsewhere'), 'UnprocessableEntityException'],
    [
      'an input switch at a time',
      action('there', 'main-film', {
        scheduleActionStartSettings: { fixedModeScheduleActionStartSettings: { time: '2099-01-01T00:00:00.000Z' } },
      }),
      'UnprocessableEntityException',
    ],
    [
      'an action of another kind',
      action('there', 'main-film', { scheduleActionSettings: { pauseStateSettings: {} } }),
      'NotImplementedException',
    ],
  ])('refuses %s, and switches nothing', async (_, asked, error) => {
    await trial.start(id);
    expect(await creates(asked)).toMatchObject({ error });
    expect(trial.dataPlane.last.switches).toEqual([]);
    expect(await names()).toEqual([]);
  });

  test('switches nothing where one of several actions cannot be', async () => {
    await trial.start(id);
    const asked = await creates(action('there', 'main-film'), action('nowhere', 'elsewhere'));
    expect(asked).toMatchObject({ error: 'UnprocessableEntityException' });
    expect(trial.dataPlane.last.switches).toEqual([]);
  });

  test('refuses a name that an action has already', async () => {
    await trial.start(id);
    await creates(action('there', 'main-film'));
    expect(await creates(action('there', 'main'))).toMatchObject({ error: 'UnprocessableEntityException' });
  });

  test('keeps the last input switch while the channel runs, because it would recover by it', async () => {
    await trial.start(id);
    await creates(action('there', 'main-film'), action('back', 'main'));
    const remove = () => trial.call('PUT', path(), { deletes: { actionNames: ['back'] } });
    expect(await remove()).toMatchObject({ error: 'UnprocessableEntityException' });
    expect(await names()).toEqual(['there', 'back']);
    await trial.stop(id);
    expect(await remove()).toMatchObject({ status: 200 });
    expect(await names()).toEqual(['there']);
  });

  test('refuses to switch at once what does not run', async () => {
    expect(await creates(action('there', 'main-film'))).toMatchObject({ error: 'UnprocessableEntityException' });
    await passed(1);
  });
});
