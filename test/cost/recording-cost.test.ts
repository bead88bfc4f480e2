import { describe, expect, test } from '@jest/globals';
import { costReport } from '../../bin/cost/report';
import { costText } from '../../bin/cost/text';
import { LADDER_PRESETS } from '../../lib/channel/ladder-presets';
import { type LiveStream, liveStream } from '../../lib/channel/live-stream';
import type { Recording } from '../../lib/channel/recording';
import { LIST_PRICES } from '../../lib/cost/prices';
import { type RecordedChannel, recordingCostPerMonth, SHOWS, showCost } from '../../lib/cost/recording-cost';

const recorded = (
  recording: Partial<Recording> | undefined,
  ladder: 'hd-720p' | 'sd-540p' | 'sports' = 'hd-720p',
): RecordedChannel => {
  const channel = { ladder, frameRate: LADDER_PRESETS[ladder].frameRate, latency: 'standard' } as const;
  return recording === undefined
    ? channel
    : { ...channel, recording: { keepDays: 30, longestShowHours: 12, pictures: false, mp4: false, ...recording } };
};
const amounts = (channel: RecordedChannel) =>
  Object.fromEntries(showCost(channel).parts.map(({ name, usd }) => [name, Number(usd.toFixed(4))]));

describe('the cost of a recorded show', () => {
  test('is nothing for a channel that records nothing', () => {
    expect(showCost(recorded(undefined)).parts).toEqual([]);
    expect(recordingCostPerMonth(recorded(undefined)).usd).toBe(0);
  });

  test('is its storage for its days, and its requests', () => {
    const month = amounts(recorded({ keepDays: 30 }));
    expect(Object.keys(month)).toEqual(['storage', 'writing']);
    const week = amounts(recorded({ keepDays: 15 }));
    expect(week['storage']).toBeCloseTo((month['storage'] ?? 0) / 2, 3);
    expect(week['writing']).toBe(month['writing']);
  });

  test('has a minute of MediaConvert for each minute of the MP4, twice as dear in HD', () => {
    expect(amounts(recorded({ keepDays: 1, mp4: true }))['MP4']).toBe(0.9);
    expect(amounts(recorded({ keepDays: 1, mp4: true }, 'sd-540p'))['MP4']).toBe(0.45);
  });

  test('has twice the price above 30 frames/s', () => {
    expect(amounts(recorded({ keepDays: 1, mp4: true }, 'sports'))['MP4']).toBe(1.8);
  });

  test('has pictures where they are wanted, and a small video where there is no MP4', () => {
    expect(amounts(recorded({ keepDays: 1, pictures: true }))).toMatchObject({
      poster: 0.9,
      storyboard: 0.45,
      'small video beside the pictures': 0.45,
    });
    expect(amounts(recorded({ keepDays: 1, mp4: true, pictures: true }))).not.toHaveProperty(
      'small video beside the pictures',
    );
  });

  test('is in a month what its shows cost', () => {
    const channel = recorded({ keepDays: 30, mp4: true });
    expect(recordingCostPerMonth(channel).usd).toBeCloseTo(showCost(channel).usd * SHOWS.perMonth, 6);
  });
});

describe('the report of npm run cost', () => {
  const plain = liveStream({ operations: false, channels: [{ name: 'main', input: { kind: 'test-clip' } }] });
  const report = (stream: LiveStream) => costReport(stream, LIST_PRICES, 0.99, undefined);

  test('says nothing of recordings where no channel records', () => {
    const text = costText(report(plain));
    expect(text).not.toMatch(/recording|MediaConvert|harvest/);
    expect(report(plain).channels[0]).not.toHaveProperty('recordingPerMonth');
  });

  test('has a month of recordings, what it assumes, and what it does not know', () => {
    const recording = { keepDays: 30, longestShowHours: 12, pictures: true, mp4: true };
    const stream = { ...plain, channels: plain.channels.map((channel) => ({ ...channel, recording })) };
    const text = costText(report(stream));
    expect(text).toMatch(/recordings, per month +\d+\.\d\d +estimated/);
    expect(text).toContain('8 shows of 1 h a month');
    expect(text).toContain('the harvest of a recording: a price of MediaPackage for it was not found');
    expect(text).toContain('MediaConvert output, HD AVC, basic tier');
  });
});
