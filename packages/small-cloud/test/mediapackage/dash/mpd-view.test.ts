import { describe, expect, test } from '@jest/globals';
import { mpdView } from '../../../src/services/mediapackage/dash/mpd-view';
import { DASH, FIRST, live, playing } from '../live-channel';
import { madeSession } from '../made-media';

describe('the MPD of a channel', () => {
  test('does not exist before every track has a whole segment', () => {
    const channel = live();
    const session = madeSession(0);
    channel.video(session, 0, 4.5);
    expect(mpdView(channel.view, DASH, 0)).toBeUndefined();
    channel.audio(session, 0, 4.5);
    expect(mpdView(channel.view, DASH, 0)?.periods[0]?.representations).toHaveLength(2);
  });

  test('keeps the id and the start of a period while the window slides over it', () => {
    for (const seconds of [9, 100]) {
      expect(mpdView(playing(seconds).view, DASH, 0)?.periods).toMatchObject([{ id: `p${FIRST}`, startSeconds: 0 }]);
    }
  });

  test('extends the last segment before a hole up to the next one, because players look for it there', () => {
    const channel = playing(5);
    const second = madeSession(8.2);
    channel.video(second, 8.2, 12);
    channel.audio(second, 8.2, 12);
    const mpd = mpdView(channel.view, DASH, 0);
    expect(mpd?.periods).toHaveLength(1);
    expect(mpd?.periods[0]?.representations.map(({ segments }) => segments)).toEqual([
      expect.arrayContaining([
        { startTicks: 4000, durationTicks: 4200 },
        { startTicks: 8200, durationTicks: 2000 },
      ]),
      expect.arrayContaining([
        { startTicks: 4000, durationTicks: 4200 },
        { startTicks: 8200, durationTicks: 2000 },
      ]),
    ]);
    expect(mpd?.maxSegmentSeconds).toBe(4.2);
  });

  test('begins a period where the init segment changes', () => {
    const channel = playing(5);
    channel.formats.video = 'another';
    const second = madeSession(6, { discontinuity: true });
    channel.video(second, 6, 10);
    channel.audio(second, 6, 10);
    expect(mpdView(channel.view, DASH, 0)?.periods).toMatchObject([
      { id: `p${FIRST}`, startSeconds: 0, representations: [{ initUri: 'segment_video_init-video.mp4' }, {}] },
      { id: `p${FIRST + 3}`, startSeconds: 6, representations: [{ initUri: 'segment_video_init-another.mp4' }, {}] },
    ]);
  });

  test('leaves out a number that is missing from a track, and begins a period after it', () => {
    const channel = live();
    const [one, two] = [madeSession(0), madeSession(5)];
    channel.video(one, 0, 4.5);
    channel.audio(one, 0, 4);
    channel.video(two, 5, 10);
    channel.audio(two, 5, 10);
    expect(mpdView(channel.view, DASH, 0)?.periods).toMatchObject([
      { firstNumber: FIRST, startSeconds: 0, representations: [{ segments: [{}, {}] }, { segments: [{}, {}] }] },
      { firstNumber: FIRST + 3, startSeconds: 5 },
    ]);
  });
});
