import { describe, expect, test } from '@jest/globals';
import { LADDER_PRESETS, renditionName, renditionsOf } from '../../lib/channel/ladder';

describe('the ladder presets', () => {
  test('are the same rungs, cut off at their height', () => {
    expect(Object.values(LADDER_PRESETS).map((rungs) => rungs.map(({ height }) => height))).toEqual([
      [288, 360, 432, 540],
      [288, 360, 432, 540, 720],
      [288, 360, 432, 540, 720, 1080],
    ]);
  });

  test.each(Object.entries(LADDER_PRESETS))('%s has 16:9 pictures of ascending size and bitrate', (_, rungs) => {
    for (const [index, rung] of rungs.entries()) {
      expect(rung.width * 9).toBe(rung.height * 16);
      expect(rung.bitrate).toBeGreaterThan(rungs[index - 1]?.bitrate ?? 0);
    }
  });

  test('name a rendition by its size and bitrate', () => {
    expect(renditionsOf('sd-540p').map(renditionName)).toEqual([
      'video-512x288-400k',
      'video-640x360-800k',
      'video-768x432-1200k',
      'video-960x540-1800k',
    ]);
  });
});
