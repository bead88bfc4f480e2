import { describe, expect, test } from '@jest/globals';
import { fragmentSeconds } from '../../../src/services/mediapackage/model/media';
import { Segmenter } from '../../../src/services/mediapackage/model/segmenter';
import { madeSession, storedFragment } from '../made-media';
import { arrivals, EPOCH, FORMATS, fed, USUAL } from './segmenter-bench';

function seconds(segmenter: Segmenter, track: string): readonly number[] {
  return segmenter
    .segments(track)
    .map(({ fragments }) => Math.round(fragments.reduce((sum, one) => sum + fragmentSeconds(one), 0) * 1000) / 1000);
}

describe('the cut rule', () => {
  test.each([
    ['at the keyframe that completes the duration', 2, { gopParts: 2, videoPart: 0.5 }, 2],
    ['at the next keyframe when a GOP does not fit', 2, { gopParts: 3, videoPart: 0.5 }, 3],
    ['at every GOP that is as long as a segment', 4, { gopParts: 8, videoPart: 0.5 }, 4],
    ['although 30000/1001 frames/s do not add up exactly', 2, { gopParts: 2, videoPart: 0.49992 }, 1.99968],
  ])('cuts video %s', (_, target, encoder, expected) => {
    const segmenter = fed(new Segmenter(target, EPOCH), madeSession(0), encoder);
    expect(seconds(segmenter, 'video')[0]).toBeCloseTo(expected, 3);
    expect(seconds(segmenter, 'video')[1]).toBeCloseTo(expected, 3);
  });

  test('keeps the duration after a keyframe that was a frame late', () => {
    const segmenter = new Segmenter(2, EPOCH);
    const session = madeSession(0);
    const frame = 1 / 30;
    // Keyframes every second: the one at 4 s is late, the others are on time.
    const starts = [0, 1, 2, 3, 4 + frame, 5, 6, 7, 8];
    for (const [index, start] of starts.entries()) {
      const length = (starts[index + 1] ?? start + 1) - start;
      segmenter.append('video', storedFragment(session, FORMATS.video, index, start, length, true));
    }
    expect(seconds(segmenter, 'video').slice(0, 4)).toEqual([2, 2.033, 1.967, 2]);
    expect(segmenter.longestSeconds).toBeLessThan(2.05);
  });

  test('cuts audio at the fragment that starts nearest to the video cut', () => {
    const segmenter = fed(new Segmenter(2, EPOCH), madeSession(0));
    expect(seconds(segmenter, 'audio').slice(0, 7)).toEqual([2.048, 2.048, 2.048, 2.048, 2.048, 1.536, 2.048]);
  });

  test('places no audio while a future cut could still affect it', () => {
    const [video, audio] = [FORMATS.video, FORMATS.audio];
    const session = madeSession(0);
    const segmenter = new Segmenter(1, EPOCH);
    segmenter.append('audio', storedFragment(session, audio, 0, 0, 0.512, true));
    expect(segmenter.segments('audio')).toEqual([]);
    segmenter.append('video', storedFragment(session, video, 0, 0, 0.5, true));
    expect(segmenter.segments('audio')).toHaveLength(1);
    segmenter.append('audio', storedFragment(session, audio, 1, 0.512, 0.512, true));
    segmenter.append('audio', storedFragment(session, audio, 2, 1.024, 0.512, true));
    segmenter.append('video', storedFragment(session, video, 1, 0.5, 0.5, false));
    expect(segmenter.segments('audio')[0]?.fragments).toHaveLength(2);
    segmenter.append('video', storedFragment(session, video, 2, 1, 0.5, true));
    expect(segmenter.segments('audio')[1]?.fragments).toHaveLength(1);
    expect(segmenter.lastComplete('audio')).toBe(segmenter.lastComplete('video'));
  });

  test('numbers from the epoch, so that a new channel never repeats a number', () => {
    const [old, fresh] = [new Segmenter(2, EPOCH), new Segmenter(2, EPOCH + 21)];
    fed(old, madeSession(0));
    fed(fresh, madeSession(0));
    expect(old.cuts[0]?.number).toBe(EPOCH / 2);
    expect(fresh.cuts[0]?.number).toBeGreaterThan(old.cuts.at(-1)?.number ?? 0);
  });
});

describe('a new session', () => {
  test('begins a segment, and counts the time before it in gap entries', () => {
    const segmenter = fed(new Segmenter(2, EPOCH), madeSession(0), { seconds: 5 });
    fed(segmenter, madeSession(8.5));
    const cut = segmenter.cuts.find(({ startSeconds }) => startSeconds === 8.5);
    expect(cut).toMatchObject({ number: EPOCH / 2 + 3, gapEntries: 2, sequence: EPOCH / 2 + 5, discontinuity: false });
    expect(seconds(segmenter, 'video').slice(0, 4)).toEqual([2, 2, 1, 2]);
  });

  test.each([
    ['is a discontinuity when its init segments are others', 6, true, true, 0],
    ['is a discontinuity after more than a minute', 66, false, true, 0],
    ['needs no gap entry when it follows at once', 5, false, false, 0],
  ])('%s', (_, start, changed, discontinuity, gapEntries) => {
    const segmenter = fed(new Segmenter(2, EPOCH), madeSession(0), { seconds: 5 });
    fed(segmenter, madeSession(start, { discontinuity: changed }));
    expect(segmenter.cuts.find(({ startSeconds }) => startSeconds === start)).toMatchObject({
      discontinuity,
      gapEntries,
      discontinuities: discontinuity ? 1 : 0,
    });
  });

  test('completes the last segment of the previous session, however early a track ended', () => {
    const first = madeSession(0);
    const segmenter = new Segmenter(2, EPOCH);
    for (const { name, fragment } of arrivals(first, { ...USUAL, seconds: 4 })) {
      if (name === 'video' || fragment.startSeconds < 2.5) segmenter.append(name, fragment);
    }
    expect(segmenter.lastComplete('audio')).toBe(EPOCH / 2);
    segmenter.append('video', storedFragment(madeSession(6), FORMATS.video, 8, 6, 0.5, true));
    expect(segmenter.lastComplete('audio')).toBe(EPOCH / 2 + 1);
  });

  test('leaves a gap in a track without media for the last segment, and begins a run after it', () => {
    const session = madeSession(0);
    const segmenter = new Segmenter(2, EPOCH);
    for (const { name, fragment } of arrivals(session, { ...USUAL, seconds: 4.5 })) {
      if (name === 'video' || fragment.startSeconds < 3.5) segmenter.append(name, fragment);
    }
    fed(segmenter, madeSession(6));
    const first = EPOCH / 2;
    expect(segmenter.segments('audio').map(({ fragments }) => fragments.length)).toEqual([
      4,
      3,
      0,
      ...later(segmenter),
    ]);
    expect(segmenter.runs().get(first + 2)?.number).toBe(first);
    expect(segmenter.runs().get(first + 3)?.number).toBe(first + 3);
  });
});

describe('the eviction of segments', () => {
  test('drops whole segments and keeps the beginning of their run', () => {
    const segmenter = fed(new Segmenter(2, EPOCH), madeSession(0));
    segmenter.evict(9);
    expect(segmenter.cuts[0]?.startSeconds).toBe(8);
    expect(segmenter.segments('audio')[0]?.number).toBe(segmenter.cuts[0]?.number);
    expect(segmenter.runs().get(segmenter.cuts[0]?.number ?? 0)?.startSeconds).toBe(0);
  });
});

/** Audio parts of the segments from the fourth on. */
function later(segmenter: Segmenter): readonly number[] {
  return segmenter
    .segments('audio')
    .slice(3)
    .map(({ fragments }) => fragments.length);
}
