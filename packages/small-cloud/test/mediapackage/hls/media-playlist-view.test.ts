import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mediaPlaylistView } from '../../../src/services/mediapackage/hls/media-playlist-view';
import { EPOCH, FIRST, HLS, LL, live, playing } from '../live-channel';
import { madeSession } from '../made-media';

describe('the media playlist of a track', () => {
  test('begins at the same number in every track and lists the window', () => {
    const { view } = playing(100);
    const [video, audio] = [mediaPlaylistView(view, HLS, 'video'), mediaPlaylistView(view, HLS, 'audio')];
    expect(video?.firstSequence).toBe(audio?.firstSequence);
    expect(video?.segments).toHaveLength(15);
  });

  test('lists three segments even when the window is shorter', () => {
    const { view } = playing(20.5);
    expect(mediaPlaylistView(view, { ...HLS, windowSeconds: 4 }, 'video')?.segments).toHaveLength(3);
  });

  test('lists only whole segments without low latency', () => {
    const { view } = playing(5.5);
    expect(mediaPlaylistView(view, HLS, 'video')?.segments.map(({ seconds }) => seconds)).toEqual([2, 2]);
  });

  test('holds back a segment of MPEG-TS until its audio is complete too', () => {
    const channel = live('TS');
    const session = madeSession(0);
    channel.video(session, 0, 8.5);
    channel.audio(session, 0, 5);
    expect(mediaPlaylistView(channel.view, HLS, 'video')?.segments).toHaveLength(2);
  });

  test('dates segments by the wall clock of their first frame', () => {
    const segments = mediaPlaylistView(playing(6.5).view, HLS, 'video')?.segments;
    expect(segments?.map(({ startMilliseconds }) => startMilliseconds - EPOCH * 1000)).toEqual([0, 2000, 4000]);
  });

  test('fills the time between two sessions with gaps, so that its durations stay on the timeline', () => {
    const channel = playing(5);
    const second = madeSession(8.2);
    channel.video(second, 8.2, 12);
    channel.audio(second, 8.2, 12);
    for (const track of ['video', 'audio']) {
      const segments = mediaPlaylistView(channel.view, HLS, track)?.segments ?? [];
      expect(segments.map(({ gap }) => gap)).toEqual([false, false, false, true, true, false]);
      expect(segments.slice(0, 5).reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(8.2, 6);
    }
  });

  test('counts discontinuities that have left the window', () => {
    const fourteen = Array.from({ length: 14 }, () => ({ discontinuity: false }));
    const channel = playing(5);
    channel.formats.video = 'another';
    const second = madeSession(6, { discontinuity: true });
    channel.video(second, 6, 20);
    channel.audio(second, 6, 20);
    expect(mediaPlaylistView(channel.view, HLS, 'video')).toMatchObject({ discontinuitySequence: 0 });
    channel.video(second, 20, 38);
    channel.audio(second, 20, 38);
    const oldest = mediaPlaylistView(channel.view, HLS, 'video');
    expect(oldest).toMatchObject({ discontinuitySequence: 0, segments: [{ discontinuity: true }, ...fourteen] });
    channel.video(second, 38, 60);
    channel.audio(second, 38, 60);
    expect(mediaPlaylistView(channel.view, HLS, 'video')).toMatchObject({ discontinuitySequence: 1 });
  });
});

describe('the LL-HLS playlist of a track', () => {
  test('announces the next part correctly, whichever comes', () => {
    const steps = fc.array(fc.record({ track: fc.constantFrom('video', 'audio'), newSession: fc.nat(12) }), {
      minLength: 30,
      maxLength: 120,
    });
    fc.assert(
      fc.property(steps, (list) => {
        const channel = live();
        let session = madeSession(0);
        const ends = { video: 0, audio: 0 };
        const hints = new Map<string, string>();
        for (const { track, newSession } of list) {
          if (newSession === 0) {
            session = madeSession(Math.max(ends.video, ends.audio) + 1);
            Object.assign(ends, { video: session.startSeconds, audio: session.startSeconds });
          }
          // A session goes on air with a keyframe of its leader.
          const name = track === 'video' || ends.video === session.startSeconds ? 'video' : 'audio';
          channel[name](session, ends[name], ends[name] + 0.5);
          ends[name] += 0.5;
          for (const one of ['video', 'audio']) {
            const listed = channel.view.segmenter.segments(one).flatMap(({ fragments }) => fragments);
            const [before, hint] = [hints.get(one), mediaPlaylistView(channel.view, LL, one)?.lowLatency?.hintUri];
            if (hint === undefined) continue;
            const uris = listed.map(({ ordinal }) => `segment_${one}_part-${EPOCH}-${ordinal}.mp4`);
            if (before !== undefined && before !== hint) expect(uris).toContain(before);
            expect(uris).not.toContain(hint);
            hints.set(one, hint);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('lists parts only near the live edge, those of the growing segment included', () => {
    const segments = mediaPlaylistView(playing(20.5).view, LL, 'video')?.segments ?? [];
    expect(segments.map(({ parts }) => parts.length)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 1]);
    expect(segments.at(-1)?.complete).toBe(false);
  });

  test('holds back by the longest part of any track, and reports the position of the others', () => {
    const { view } = playing(8.5);
    expect(mediaPlaylistView(view, LL, 'video')?.lowLatency).toMatchObject({
      partTargetSeconds: 0.5,
      reports: [{ uri: 'low-latency_audio.m3u8', lastSequence: FIRST + 4, lastPart: 0 }],
    });
  });
});
