import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { passed, Trial } from '../control-plane-fixture';

const STATE_CHANGE = 'MediaLive Channel State Change';

let trial: Trial;
let id: string;
let path: string;

beforeEach(async () => {
  jest.useFakeTimers();
  trial = new Trial();
  id = await trial.standardChannel();
  path = `/prod/channels/${id}`;
  await trial.start(id);
});

afterEach(() => {
  trial.cloud.remove();
  jest.useRealTimers();
});

/** State, running pipelines and the message of each event after the first `count`. */
function toldAfter(count: number): readonly string[] {
  return trial.cloud.put
    .filter(({ detailType }) => detailType === STATE_CHANGE)
    .slice(count)
    .map(({ detail }) => `${detail['pipeline']} ${detail['state']} ${detail['pipelines_running_count']}`);
}

describe('a running channel of class STANDARD', () => {
  test('plays a source for each pipeline into the ingest endpoint of each', () => {
    const { ingestUrls, sources } = trial.dataPlane.last.plan;
    expect(sources).toMatchObject([{ kind: 'file' }, { kind: 'file' }]);
    expect(ingestUrls).toHaveLength(2);
    expect(ingestUrls[1]).toContain('pipeline-1');
  });

  test('is described with two pipelines that run, and with none once it is stopped', async () => {
    expect(await trial.call('GET', path)).toMatchObject({
      state: 'RUNNING',
      pipelinesRunningCount: 2,
      pipelineDetails: [
        { pipelineId: '0', activeInputAttachmentName: 'main' },
        { pipelineId: '1', activeInputAttachmentName: 'main' },
      ],
    });
    expect(toldAfter(2)).toEqual(['0 RUNNING 2', '1 RUNNING 2']);
    await trial.stop(id);
    expect(await trial.call('GET', path)).toMatchObject({ pipelinesRunningCount: 0, pipelineDetails: [] });
  });

  test('is RECOVERING while one encoder is lost, with the other one running', async () => {
    trial.dataPlane.last.events.encoderLost(1);
    expect(await trial.call('GET', path)).toMatchObject({ state: 'RECOVERING', pipelinesRunningCount: 1 });
    trial.dataPlane.last.events.encoderLost(0);
    expect(await trial.call('GET', path)).toMatchObject({ state: 'RECOVERING', pipelinesRunningCount: 0 });
    trial.dataPlane.last.events.encoderBack(1);
    expect(await trial.call('GET', path)).toMatchObject({ state: 'RECOVERING', pipelinesRunningCount: 1 });
    trial.dataPlane.last.events.encoderBack(0);
    expect(await trial.call('GET', path)).toMatchObject({ state: 'RUNNING', pipelinesRunningCount: 2 });
    expect(toldAfter(4)).toEqual(['1 RECOVERING 1', '0 RECOVERING 0', '1 RUNNING 1', '0 RUNNING 2']);
  });

  test('hears of a pipeline that is lost or back twice once', async () => {
    for (let count = 0; count < 2; count++) trial.dataPlane.last.events.encoderLost(1);
    for (let count = 0; count < 2; count++) trial.dataPlane.last.events.encoderBack(1);
    expect(toldAfter(4)).toEqual(['1 RECOVERING 1', '1 RUNNING 2']);
  });

  test.each([
    ['pipeline 0', { pipelineIds: ['PIPELINE_0'] }, [0], 1],
    ['pipeline 1', { pipelineIds: ['PIPELINE_1'] }, [1], 1],
    ['both', { pipelineIds: ['PIPELINE_1', 'PIPELINE_0'] }, [0, 1], 0],
    ['both when none is named', {}, [0, 1], 0],
  ])('restarts %s, and no other', async (_, body, restarted, running) => {
    expect(await trial.call('POST', `${path}/restartChannelPipelines`, body)).toMatchObject({
      state: 'RECOVERING',
      pipelinesRunningCount: running,
    });
    expect(trial.dataPlane.last.restarts).toEqual([restarted]);
    await passed(1000);
    expect(await trial.call('GET', path)).toMatchObject({ state: 'RUNNING', pipelinesRunningCount: 2 });
  });

  test('refuses to restart a pipeline that no channel has', async () => {
    expect(await trial.call('POST', `${path}/restartChannelPipelines`, { pipelineIds: ['PIPELINE_2'] })).toMatchObject({
      status: 400,
      message: `pipelineIds: channel ${id} has no PIPELINE_2; it has PIPELINE_0 and PIPELINE_1`,
    });
  });

  test('runs with two pipelines again when it was stopped while one was lost', async () => {
    trial.dataPlane.last.events.encoderLost(1);
    await trial.stop(id);
    await trial.start(id);
    expect(await trial.call('GET', path)).toMatchObject({ state: 'RUNNING', pipelinesRunningCount: 2 });
  });
});
