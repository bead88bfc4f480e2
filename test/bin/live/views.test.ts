import { describe, expect, test } from '@jest/globals';
import { channelView, isHealthy, usd } from '../../../bin/live/channel-view';
import type { Alert, ChannelFacts } from '../../../bin/live/service';
import { nameOf, outputPrefix, TAGS } from '../../../bin/live/stack';
import { urlsOf } from '../../../bin/live/urls';
import { alertsText, duration, statusLine, statusText, urlsText } from '../../../bin/live/words';
import { CHANNEL_TAGS, STATE_TAGS } from '../../../lambda/shared/channels/tags';
import { pascalCase } from '../../../lib/stream/names';
import { NOW } from './fake-live';

const RUNNING: ChannelFacts = {
  state: 'RUNNING',
  name: 'live-streaming-main-stage',
  tags: { 'live-streaming:running-since': '2026-11-24T09:30:00Z' },
  pipelinesRunning: 2,
  inputs: ['venue', 'backup'],
};
const OUTPUTS = { MainStageRunningCostPerHour: '1.32 USD' };
const LOST: Alert = {
  type: 'Video Not Detected',
  message: 'No video.',
  pipeline: '0',
  state: 'SET',
  setAt: Date.parse('2026-11-24T11:58:00Z'),
  clearedAt: undefined,
};
const view = (facts: ChannelFacts | undefined, alerts: Alert[] = [], outputs: Record<string, string> = OUTPUTS) =>
  channelView({ name: 'main-stage', id: '7', facts }, alerts, outputs, NOW);

describe('the names that this command shares with the stack', () => {
  test.each(['stage', 'main-stage', 'a-b-c', 'x1'])('the Outputs of %s begin as the stack writes them', (name) => {
    expect(outputPrefix(name)).toBe(pascalCase(name));
  });

  test('its tags are those of the stack and of the guard', () => {
    expect(TAGS).toEqual({ channel: CHANNEL_TAGS.channel, runningSince: STATE_TAGS.runningSince });
  });
});

describe('the name of a channel', () => {
  test.each([
    ['its tag', { tags: { 'live-streaming:channel': 'stage' }, name: 'live-streaming-other' }, 'stage'],
    ["its name in MediaLive without the stack's", { tags: {}, name: 'live-streaming-stage' }, 'stage'],
    ['all of its name in MediaLive', { tags: {}, name: 'stage' }, 'stage'],
    ['unknown without either', { tags: {}, name: undefined }, undefined],
  ])('is %s', (_, facts, name) => {
    expect(nameOf(facts, 'live-streaming')).toBe(name);
  });
});

describe('the status of a channel', () => {
  test('has every value of a running channel', () => {
    expect(view(RUNNING, [LOST])).toEqual({
      name: 'main-stage',
      id: '7',
      state: 'RUNNING',
      pipelinesRunning: 2,
      inputs: ['venue', 'backup'],
      alerts: [
        {
          type: 'Video Not Detected',
          message: 'No video.',
          pipeline: '0',
          state: 'SET',
          since: '2026-11-24T11:58:00.000Z',
          cleared: null,
        },
      ],
      runningSince: '2026-11-24T09:30:00.000Z',
      ageSeconds: 9000,
      usdPerHour: 1.32,
      usdSoFar: 3.3,
    });
  });

  test.each<[string, ChannelFacts | undefined, Record<string, string>, object]>([
    [
      'no age from a mark that was left on an idle channel',
      { ...RUNNING, state: 'IDLE' },
      OUTPUTS,
      { ageSeconds: null, usdSoFar: null, usdPerHour: 1.32 },
    ],
    ['no age without a mark', { ...RUNNING, tags: {} }, OUTPUTS, { ageSeconds: null, usdSoFar: null }],
    [
      'no age from a mark that is no time',
      { ...RUNNING, tags: { [TAGS.runningSince]: 'yes' } },
      OUTPUTS,
      { ageSeconds: null },
    ],
    [
      'no age from a mark of the future',
      { ...RUNNING, tags: { [TAGS.runningSince]: '2027-01-01T00:00:00Z' } },
      OUTPUTS,
      { ageSeconds: null },
    ],
    ['no cost without the Output', RUNNING, {}, { ageSeconds: 9000, usdPerHour: null, usdSoFar: null }],
    [
      'nothing of a channel that MediaLive does not know',
      undefined,
      OUTPUTS,
      { state: 'MISSING', inputs: null, pipelinesRunning: null },
    ],
  ])('is %s', (_, facts, outputs, expected) => {
    expect(view(facts, [], outputs)).toMatchObject(expected);
  });

  test.each([
    ['1.32 USD', 1.32],
    ['2 USD', 2],
    ['1.32 EUR', null],
    ['', null],
    [undefined, null],
  ])('reads a cost of %s', (text, amount) => {
    expect(usd(text)).toBe(amount);
  });

  test('is healthy only when it runs without alerts', () => {
    expect(isHealthy(view(RUNNING))).toBe(true);
    expect(isHealthy(view(RUNNING, [LOST]))).toBe(false);
    expect(isHealthy(view({ ...RUNNING, state: 'IDLE' }))).toBe(false);
  });

  test('in words', () => {
    expect(statusText([view(RUNNING, [LOST])], NOW).split('\n')).toEqual([
      'main-stage  RUNNING  (MediaLive channel 7)',
      '  pipelines running  2',
      '  inputs             venue, backup',
      '  running for        2 h 30 min',
      '  cost               1.32 USD an hour, 3.30 USD so far',
      '  alerts',
      '    Video Not Detected on pipeline 0: No video (since 2026-11-24T11:58:00.000Z, for 2 min)',
    ]);
  });

  test('says unknown for a missing value', () => {
    const text = statusText([view({ ...RUNNING, tags: {}, pipelinesRunning: undefined }, [], {})], NOW);
    expect(text).toContain('pipelines running  unknown');
    expect(text).toContain('running for        unknown');
    expect(text).toContain('cost               unknown an hour, unknown so far');
  });

  test('on one line', () => {
    expect(statusLine(view({ ...RUNNING, state: 'IDLE', pipelinesRunning: 0 }), NOW)).toBe(
      '2026-11-24T12:00:00.000Z main-stage IDLE | pipelines 0 | inputs venue,backup | alerts none | age not running | cost 1.32 USD an hour when it runs',
    );
  });
});

describe('the addresses', () => {
  const outputs = {
    PlayerUrl: 'https://edge/',
    StageHlsUrl: 'https://edge/s.m3u8',
    StageDashUrl: 'https://edge/s.mpd',
    StageIngestServer0: 'rtmp://192.0.2.1:1935/live',
    StageIngestStreamKey0: 'primary',
    StageIngestServer1: 'rtmp://192.0.2.2:1935/live',
    StageIngestServer0Backup: 'rtmp://192.0.2.3:1935/live',
    StageIngestStreamKey0Backup: 'backup',
    StageUpstairsIngestServer0: 'rtmp://192.0.2.4:1935/live',
  };
  const found = urlsOf({
    stack: { name: 'live-streaming', status: 'CREATE_COMPLETE', outputs },
    channels: [
      { name: 'stage', id: '1', facts: undefined },
      { name: 'pulled', id: '2', facts: undefined },
    ],
  });

  test('are those of the Outputs', () => {
    expect(found).toEqual({
      stack: 'live-streaming',
      player: 'https://edge/',
      channels: [
        {
          name: 'stage',
          manifests: { HlsUrl: 'https://edge/s.m3u8', DashUrl: 'https://edge/s.mpd' },
          ingest: [
            { endpoint: '0', server: 'rtmp://192.0.2.1:1935/live', streamKey: 'primary' },
            { endpoint: '1', server: 'rtmp://192.0.2.2:1935/live', streamKey: null },
            { endpoint: 'backup 0', server: 'rtmp://192.0.2.3:1935/live', streamKey: 'backup' },
          ],
        },
        { name: 'pulled', manifests: {}, ingest: [] },
      ],
    });
  });

  test('in words', () => {
    const text = urlsText(found);
    expect(text).toContain('player  https://edge/');
    expect(text).toContain('  ingest 0 server    rtmp://192.0.2.1:1935/live');
    expect(text).toContain('  ingest 1 key       unknown');
    expect(text).toMatch(/ingest backup 0 server rtmp:\/\/192.0.2.3:1935\/live/);
    expect(text).toContain('  ingest             none: MediaLive fetches the input itself');
  });
});

describe('the text of alerts', () => {
  test('distinguish alerts that are set from cleared ones', () => {
    const set = { type: 'A', message: 'A', pipeline: null, state: 'SET', since: null, cleared: null } as const;
    const over = { ...set, state: 'CLEARED', cleared: '2026-11-24T11:00:00.000Z' } as const;
    expect(
      alertsText(
        [
          { name: 'stage', alerts: [set, over] },
          { name: 'hall', alerts: [] },
        ],
        NOW,
      ).split('\n'),
    ).toEqual([
      'stage:',
      '  A (since an unknown time)',
      '  A (cleared 2026-11-24T11:00:00.000Z, set at an unknown time)',
      'hall: no alerts',
    ]);
  });

  test.each([
    [-3, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [4000, '1 h 6 min'],
  ])('%s seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
