import { describe, expect, test } from '@jest/globals';
import { withStart } from '../../../player/replay/playlist-start';

const BEGAN = Date.parse('2026-11-28T19:00:00Z');

/** A playlist of six-second segments; a date is on the first one and after each gap. */
function playlist(tags = '', gapSeconds = 0): string {
  const segment = (number: number) => `#EXTINF:6.000,\n${number}.m4s`;
  const later = new Date(BEGAN + (30 + gapSeconds) * 1000).toISOString();
  return [
    '#EXTM3U',
    '#EXT-X-TARGETDURATION:6',
    ...(tags === '' ? [] : [tags]),
    `#EXT-X-PROGRAM-DATE-TIME:${new Date(BEGAN).toISOString()}`,
    ...[0, 1, 2, 3, 4].map(segment),
    '#EXT-X-DISCONTINUITY',
    `#EXT-X-PROGRAM-DATE-TIME:${later}`,
    ...[5, 6].map(segment),
    '',
  ].join('\n');
}

const offset = (text: string): number => Number(/^#EXT-X-START:TIME-OFFSET=([\d.]+),PRECISE=YES$/m.exec(text)?.[1]);

describe('the start of a playlist', () => {
  test('is the moment that was asked for', () => {
    expect(offset(withStart(playlist(), BEGAN + 20_500))).toBe(20.5);
  });

  test('counts the media, and not the clock, across a gap', () => {
    expect(offset(withStart(playlist('', 600), BEGAN + 634_000))).toBe(34);
    expect(offset(withStart(playlist('', 600), BEGAN + 300_000))).toBe(30);
  });

  test('keeps away from the start of a window that moves on', () => {
    expect(offset(withStart(playlist(), BEGAN - 3_600_000))).toBe(12);
  });

  test('may be its first frame for a moment just before it', () => {
    expect(offset(withStart(playlist(), BEGAN - 1000))).toBe(0);
  });

  test.each(['#EXT-X-PLAYLIST-TYPE:EVENT', '#EXT-X-ENDLIST'])('may be its first frame with %s', (tag) => {
    expect(offset(withStart(playlist(tag), BEGAN - 3_600_000))).toBe(0);
  });

  test('takes the place of the packager’s', () => {
    const marked = withStart(playlist('#EXT-X-START:TIME-OFFSET=-3'), BEGAN + 18_000);
    expect(marked.match(/#EXT-X-START/g)).toHaveLength(1);
    expect(offset(marked)).toBe(18);
  });

  test('is left to the player after the last frame, and without dates', () => {
    expect(withStart(playlist(), BEGAN + 60_000)).toBe(playlist());
    const undated = playlist().replace(/#EXT-X-PROGRAM-DATE-TIME.*\n/g, '');
    expect(withStart(undated, BEGAN)).toBe(undated);
    const broken = playlist().replace(/(DATE-TIME:).*/g, '$1never');
    expect(withStart(broken, BEGAN)).toBe(broken);
  });

  test('is taken out of a multivariant playlist, where it would come first', () => {
    const variants = '#EXTM3U\n#EXT-X-START:TIME-OFFSET=-3\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n';
    expect(withStart(variants, BEGAN)).toBe('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n');
  });
});
