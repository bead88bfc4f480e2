import { describe, expect, test } from '@jest/globals';
import { backOffSeconds } from '../../../src/services/medialive/contract/back-off';
import { type ChannelEvent, type ChannelState, nextState } from '../../../src/services/medialive/control/channel-state';
import { type PaceSample, pace, withinWindow } from '../../../src/services/medialive/encoder/pace';
import { faster } from '../../../src/services/medialive/encoder/presets';
import { ProgressReader } from '../../../src/services/medialive/encoder/progress';

describe('the pace of an encoder', () => {
  test.each([
    ['live', { mediaSeconds: 10, stalledSeconds: 0 }, 300, 'keeping-up'],
    ['slow, while its input waits', { mediaSeconds: 9, stalledSeconds: 5 }, 270, 'behind'],
    ['slow, because its input is', { mediaSeconds: 9, stalledSeconds: 0 }, 270, 'keeping-up'],
    ['catching up', { mediaSeconds: 12, stalledSeconds: 8 }, 360, 'keeping-up'],
    ['live, for a hiccup', { mediaSeconds: 10, stalledSeconds: 0 }, 275, 'keeping-up'],
    ['live, because it leaves out frames', { mediaSeconds: 10, stalledSeconds: 9 }, 150, 'behind'],
    ['live, because it leaves out frames of a small input', { mediaSeconds: 10, stalledSeconds: 0 }, 150, 'behind'],
  ] as const)('%s', (_what, end, frame, verdict) => {
    const last = { atSeconds: 110, frame, ...end };
    const figures = { speed: end.mediaSeconds / 10, framesPerSecond: frame / 10, ofFrames: 30 };
    expect(pace([SAMPLE, last], 30)).toEqual({ ...figures, verdict });
  });

  test('without frames is that of its media alone', () => {
    expect(pace([SAMPLE, { ...SAMPLE, atSeconds: 110, mediaSeconds: 10 }], 0).verdict).toBe('keeping-up');
  });

  test('is not judged before ten seconds', () => {
    const early = { atSeconds: 105, mediaSeconds: 2, frame: 60, stalledSeconds: 4 };
    expect(pace([SAMPLE, early], 30)).toEqual({ speed: 0.4, framesPerSecond: 12, ofFrames: 30, verdict: 'unknown' });
    expect(pace([SAMPLE], 30).verdict).toBe('unknown');
  });

  test('is of the last ten seconds and the sample before them', () => {
    const seconds = Array.from({ length: 16 }, (_, second) => ({ ...SAMPLE, atSeconds: second }));
    const kept = seconds.reduce<readonly PaceSample[]>((samples, sample) => withinWindow(samples, sample), []);
    expect([kept[0]?.atSeconds, kept.at(-1)?.atSeconds]).toEqual([5, 15]);
  });

  test('goes from preset to preset, and ends at the fastest', () => {
    expect([faster('veryfast'), faster('superfast'), faster('ultrafast')]).toEqual([
      'superfast',
      'ultrafast',
      undefined,
    ]);
  });

  test.each([
    [1, 0.5],
    [2, 1],
    [4, 4],
    [6, 10],
    [60, 10],
  ])('backs off after %d failures in a row for %d s', (failures, seconds) => {
    expect(backOffSeconds(failures)).toBe(seconds);
  });
});

describe('a progress reader', () => {
  const report = (frame: number, time: string) => `frame=${frame}\nfps=30\nout_time_us=${time}\nprogress=continue\n`;

  test('puts reports together, however the text is cut', () => {
    const text = report(30, '1000000') + report(60, '2000000');
    const whole = new ProgressReader().read(text);
    expect(whole).toEqual([
      { frame: 30, mediaSeconds: 1 },
      { frame: 60, mediaSeconds: 2 },
    ]);
    const reader = new ProgressReader();
    expect([...text].flatMap((letter) => reader.read(letter))).toEqual(whole);
  });

  test('passes over a report from before the first frame', () => {
    expect(new ProgressReader().read(report(0, 'N/A'))).toEqual([]);
  });

  test('reads audio alone, which has no frames', () => {
    expect(new ProgressReader().read('out_time_us=500000\nprogress=end\n')).toEqual([{ frame: 0, mediaSeconds: 0.5 }]);
  });
});

describe('the states of a channel', () => {
  test.each<readonly [ChannelState, ChannelEvent, ChannelState | undefined]>([
    ['CREATING', 'created', 'IDLE'],
    ['CREATING', 'start', undefined],
    ['IDLE', 'start', 'STARTING'],
    ['IDLE', 'stop', undefined],
    ['IDLE', 'delete', 'DELETING'],
    ['STARTING', 'started', 'RUNNING'],
    ['STARTING', 'stop', undefined],
    ['RUNNING', 'start', undefined],
    ['RUNNING', 'delete', undefined],
    ['RUNNING', 'encoder-lost', 'RECOVERING'],
    ['RECOVERING', 'encoder-back', 'RUNNING'],
    ['RECOVERING', 'stop', 'STOPPING'],
    ['RECOVERING', 'delete', undefined],
    ['RUNNING', 'stop', 'STOPPING'],
    ['STOPPING', 'encoder-lost', undefined],
    ['STOPPING', 'stopped', 'IDLE'],
    ['DELETING', 'deleted', 'DELETED'],
  ])('%s, %s: %s', (state, event, next) => {
    expect(nextState(state, event)).toBe(next);
  });
});

const SAMPLE: PaceSample = { atSeconds: 100, mediaSeconds: 0, frame: 0, stalledSeconds: 0 };
