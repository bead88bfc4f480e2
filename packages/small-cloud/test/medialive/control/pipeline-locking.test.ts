import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { lockingMethod } from '../../../src/services/medialive/template/locking-method';
import { Settings } from '../../../src/services/medialive/template/settings';
import { FILE, pushed, Trial } from '../control-plane-fixture';
import { channel, encoderSettings } from '../fixture';

let trial: Trial;

beforeEach(() => {
  jest.useFakeTimers();
  trial = new Trial();
});

afterEach(() => {
  jest.useRealTimers();
  trial.cloud.remove();
});

const TWICE = { ...FILE, Sources: [FILE.Sources[0], FILE.Sources[0]] };
const playlist = { Url: 'https://127.0.0.1:8/a.m3u8' };
const HLS = { Name: 'playlist', Type: 'URL_PULL', Sources: [playlist, playlist] };
const server = (host: string) => ({ Url: `rtmp://${host}/live/a` });
const RTMP = { Name: 'camera', Type: 'RTMP_PULL', Sources: [server('127.0.0.1:1'), server('127.0.0.1:2')] };
const BY_FRAMES = { PipelineLockingSettings: { PipelineLockingMethod: 'VIDEO_ALIGNMENT' } };
const BY_TIMECODE = { PipelineLockingSettings: { PipelineLockingMethod: 'SOURCE_TIMECODE' } };

/** Starts a channel of two pipelines with an input; whether its encoders are kept in step, and why not. */
async function started(input: Properties, OutputLockingSettings: Properties, OutputLockingMode = 'PIPELINE_LOCKING') {
  const { physicalId } = await trial.create('Input', input);
  const settings = { GlobalConfiguration: { OutputLockingMode, OutputLockingSettings } };
  const made = channel(physicalId, { ChannelClass: 'STANDARD', EncoderSettings: encoderSettings({ settings }) });
  await trial.start((await trial.create('Channel', made)).physicalId);
  const why = trial.cloud.told.find((line) => line.includes('not in step'));
  return { inStep: trial.dataPlane.last.plan.inStep, why };
}

describe('the method of locking', () => {
  test.each([
    ['nothing is said', {}, 'source-timecode'],
    ['frames are compared', { OutputLockingSettings: BY_FRAMES }, 'video-alignment'],
    ['timecodes are compared', { OutputLockingSettings: BY_TIMECODE }, 'source-timecode'],
    ['it is switched off', { OutputLockingMode: 'DISABLED' }, 'none'],
  ])('is read where %s', (_, global, method) => {
    expect(lockingMethod(new Settings(global))).toBe(method);
  });
});

describe('two pipelines that compare video frames', () => {
  test('are kept in step with the frames of two publishers, which are taken to send one show', async () => {
    const { physicalId: group } = await trial.create('InputSecurityGroup', {
      WhitelistRules: [{ Cidr: '203.0.113.7/32' }],
    });
    expect(await started(pushed(group, ['live/a', 'live/b']), BY_FRAMES)).toEqual({ inStep: true, why: undefined });
  });

  test.each([
    ['HLS', HLS, 'playlist is HLS, and a channel with such an input is not locked'],
    ['a file', TWICE, 'clip is a file, whose frames MediaLive does not compare'],
    ['pulled RTMP', RTMP, 'camera is pulled RTMP, whose frames MediaLive does not compare'],
  ])('are not with %s, which is said', async (_, input, why) => {
    expect(await started(input, BY_FRAMES)).toEqual({
      inStep: false,
      why: expect.stringContaining(`the two pipelines are not in step: ${why}`),
    });
  });
});

describe('two pipelines that compare timecodes', () => {
  test.each([
    ['by choice', BY_TIMECODE],
    ['by default', {}],
  ])('%s are not kept in step, because no input of the local run has any', async (_, settings) => {
    expect(await started(TWICE, settings)).toEqual({
      inStep: false,
      why: expect.stringContaining('set PipelineLockingMethod to VIDEO_ALIGNMENT'),
    });
  });
});

describe('two pipelines that are not locked', () => {
  test('are not kept in step', async () => {
    expect(await started(TWICE, {}, 'DISABLED')).toMatchObject({ inStep: false });
  });
});
