import { describe, expect, test } from '@jest/globals';
import { jumpBeyondSeconds } from '../../player/catch-up';
import { DASH_SETTINGS } from '../../player/engines/dash-settings';
import { hlsSettings } from '../../player/engines/hls-settings';
import { LiveFollower } from '../../player/live-follower';

/** The player's ticks. */
const TICK_SECONDS = 0.25;
const TWO_MINUTES = 120;

/** A video element with everything up to `loaded` in its buffer. */
class FakeVideo {
  currentTime = 0;
  playbackRate = 1;
  loaded = 0;
}

/** The live position after some seconds of the wall clock, as an engine gives it for segments of a length. */
type LivePosition = (seconds: number, segmentSeconds: number) => number;

/** hls.js and dash.js: the live edge follows the wall clock, also between two readings of the manifest. */
const steady: LivePosition = (seconds, segmentSeconds) => 100 + seconds - 3 * segmentSeconds;
/** The browser's own player: the live edge moves by a segment at a time. */
const stepped: LivePosition = (seconds, segmentSeconds) =>
  steady(Math.floor(seconds / segmentSeconds) * segmentSeconds, segmentSeconds);

/** Plays for some seconds from a distance to live. @returns the distance and the rate in the end, and the jumps. */
function play(live: LivePosition, segmentSeconds: number, behind: number, duration: number) {
  const video = new FakeVideo();
  const follower = new LiveFollower(video, () => video.loaded - video.currentTime);
  video.currentTime = live(0, segmentSeconds) - behind;
  const rates = new Set<number>();
  let jumps = 0;
  for (let seconds = 0; seconds < duration; seconds += TICK_SECONDS) {
    const position = live(seconds, segmentSeconds);
    video.loaded = position + 2 * segmentSeconds;
    if (follower.follow(position, segmentSeconds)) {
      jumps++;
      video.currentTime = position;
    }
    rates.add(video.playbackRate);
    video.currentTime += TICK_SECONDS * video.playbackRate;
  }
  return { behind: live(duration, segmentSeconds) - video.currentTime, fastest: Math.max(...rates), jumps };
}

describe.each([
  ['hls.js and dash.js', steady, 0],
  ['the browser’s own player', stepped, 1],
])('a viewer of %s', (_, live, stepSegments) => {
  test.each([1, 2, 4, 6])('is live again two minutes after a stall, with segments of %d s', (segmentSeconds) => {
    const { behind, fastest, jumps } = play(live, segmentSeconds, jumpBeyondSeconds(segmentSeconds), TWO_MINUTES);
    expect(behind).toBeLessThanOrEqual(1 + stepSegments * segmentSeconds);
    expect(fastest).toBeLessThanOrEqual(1.1);
    expect(jumps).toBe(0);
  });

  test.each([1, 2, 4, 6])('jumps to live once after a long stall, with segments of %d s', (segmentSeconds) => {
    const { behind, jumps } = play(live, segmentSeconds, jumpBeyondSeconds(segmentSeconds) + 1, TWO_MINUTES);
    expect(behind).toBeLessThanOrEqual(1 + stepSegments * segmentSeconds);
    expect(jumps).toBe(1);
  });
});

describe('a viewer who chose to be behind', () => {
  test('stays there, at the normal rate', () => {
    const video = new FakeVideo();
    video.playbackRate = 1.1;
    video.loaded = 20;
    const follower = new LiveFollower(video, () => video.loaded - video.currentTime);
    expect(follower.follow(undefined, 2)).toBe(false);
    expect(video.playbackRate).toBe(1);
  });
});

describe('the engines', () => {
  test('leave the way back to live to the page', () => {
    expect(DASH_SETTINGS.streaming?.liveCatchup).toEqual({ enabled: false });
    expect(hlsSettings(true)).toMatchObject({ maxLiveSyncPlaybackRate: 1, liveSyncOnStallIncrease: 0 });
  });
});
