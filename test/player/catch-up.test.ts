import { describe, expect, test } from '@jest/globals';
import { catchUp, jumpBeyondSeconds, type Position } from '../../player/catch-up';

const at = (behindSeconds: number, rate: number, segmentSeconds = 2): Position => ({
  behindSeconds,
  rate,
  segmentSeconds,
  bufferSeconds: 3,
});

describe('the way back to live', () => {
  test('keeps the last second of the buffer', () => {
    expect(catchUp({ ...at(5, 1.1), bufferSeconds: 0.9 })).toEqual({ kind: 'rate', rate: 1 });
  });

  test.each([
    [-2, 1, 1],
    [0.9, 1, 1],
    [1.1, 1, 1.05],
    [0.9, 1.05, 1.05],
    [0.1, 1.05, 1],
    [4.5, 1, 1.1],
    [2.9, 1.1, 1.05],
  ])('from %d s behind at rate %d continues at rate %d', (behind, rate, expected) => {
    expect(catchUp(at(behind, rate))).toEqual({ kind: 'rate', rate: expected });
  });

  test.each([1, 2, 4, 6])('takes two minutes at most with segments of %d s', (segmentSeconds) => {
    expect(catchUp(at(jumpBeyondSeconds(segmentSeconds) + 0.1, 1, segmentSeconds))).toEqual({ kind: 'jump' });
    let behind = jumpBeyondSeconds(segmentSeconds);
    let rate = 1;
    for (let tick = 0; tick < 4 * 120; tick++) {
      const decision = catchUp(at(behind, rate, segmentSeconds));
      if (decision.kind === 'rate') rate = decision.rate;
      behind -= (rate - 1) / 4;
    }
    expect(behind).toBeLessThanOrEqual(1);
    expect(rate).toBeLessThanOrEqual(1.1);
  });
});
