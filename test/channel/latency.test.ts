import { describe, expect, test } from '@jest/globals';
import { LATENCY_PRESETS, streamTiming } from '../../lib/channel/latency';

describe('the timing of a stream', () => {
  test('derives every duration of a preset from its row', () => {
    expect(streamTiming('low')).toEqual({
      gopSeconds: 1,
      ingestSegmentSeconds: 1,
      segmentSeconds: 2,
      partSeconds: 0.5,
      manifestWindowSeconds: 60,
      playerTargetSeconds: { segments: 6, parts: 1.5 },
      manifestCacheSeconds: { segments: 1, parts: 1 },
      segmentCacheSeconds: 1_209_600,
      lookAhead: 'LOW',
      bufferSeconds: 1,
    });
  });

  test.each(Object.entries(LATENCY_PRESETS))('of the preset %s passes the rules for numbers of one’s own', (_, row) => {
    expect(Number.isInteger(row.segmentSeconds / row.gopSeconds)).toBe(true);
    expect(row.manifestWindowSeconds).toBeGreaterThanOrEqual(3 * row.segmentSeconds);
  });

  test('lets the edge keep manifests for half a segment, and for at least a second', () => {
    const cached = (segmentSeconds: number) =>
      streamTiming({ gopSeconds: 1, segmentSeconds, manifestWindowSeconds: 60 }).manifestCacheSeconds.segments;
    expect([1, 2, 5, 6].map(cached)).toEqual([1, 1, 2, 3]);
  });
});
