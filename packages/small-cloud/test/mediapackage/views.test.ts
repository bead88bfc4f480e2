import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mpdView } from '../../src/services/mediapackage/dash/mpd-view';
import { mediaPlaylistView } from '../../src/services/mediapackage/hls/media-playlist-view';
import { multivariantPlaylistView } from '../../src/services/mediapackage/hls/multivariant-playlist-view';
import type { DashManifest, Endpoint, HlsManifest } from '../../src/services/mediapackage/model/endpoint';
import type { View } from '../../src/services/mediapackage/model/listed-media';
import type { SessionStart } from '../../src/services/mediapackage/model/media';
import { Segmenter } from '../../src/services/mediapackage/model/segmenter';
import { madeFormat, madeSession, storedFragment } from './made-media';

const EPOCH = 1_800_000_000;
const FIRST = EPOCH / 2;

const HLS: HlsManifest = {
  name: 'index',
  childName: 'index',
  windowSeconds: 30,
  programDateTimeSeconds: 1,
  lowLatency: false,
};
const LL: HlsManifest = { ...HLS, name: 'low-latency', childName: 'low-latency', lowLatency: true };
const DASH: DashManifest = {
  name: 'index',
  windowSeconds: 30,
  minUpdatePeriodSeconds: 2,
  minBufferTimeSeconds: 4,
  suggestedPresentationDelaySeconds: 6,
  utcTiming: undefined,
};
const ENDPOINT: Endpoint = {
  arn: 'arn',
  container: 'CMAF',
  audioApart: true,
  segmentSeconds: 2,
  segmentName: 'segment',
  hlsManifests: [HLS, LL],
  dashManifests: [DASH],
};

/** A live channel that is fed half a second at a time: video first, audio when it is told to. */
function live(container: Endpoint['container'] = 'CMAF', audioApart = container === 'CMAF') {
  const segmenter = new Segmenter(2, EPOCH);
  const view: View = { endpoint: { ...ENDPOINT, container, audioApart }, segmenter, epochSeconds: EPOCH };
  const ordinals = { video: 0, audio: 0 };
  const formats = { video: 'video', audio: 'audio' };
  const frames = { inHalfASecond: 15 };
  const append = (track: 'video' | 'audio', session: SessionStart, start: number, seconds: number, key: boolean) =>
    segmenter.append(track, {
      ...storedFragment(session, madeFormat(track, formats[track]), ordinals[track]++, start, seconds, key),
      samples: frames.inHalfASecond,
    });
  return {
    view,
    /** Half seconds of video, with a keyframe every second. */
    video(session: SessionStart, from: number, to: number) {
      for (let start = from; start < to - 1e-9; start += 0.5) {
        append('video', session, start, 0.5, (start - session.startSeconds) % 1 === 0);
      }
    },
    audio(session: SessionStart, from: number, to: number) {
      for (let start = from; start < to - 1e-9; start += 0.5) append('audio', session, start, 0.5, true);
    },
    formats,
    frames,
  };
}

/** A channel with one session from 0 s on. */
function playing(seconds: number, container?: Endpoint['container']) {
  const channel = live(container);
  const session = madeSession(0);
  channel.video(session, 0, seconds);
  channel.audio(session, 0, seconds);
  return channel;
}

describe('the multivariant playlist of a channel', () => {
  test('is not there before every track has a whole segment', () => {
    const channel = live();
    const session = madeSession(0);
    channel.video(session, 0, 4.5);
    expect(multivariantPlaylistView(channel.view, HLS)).toBeUndefined();
    channel.audio(session, 0, 4.5);
    expect(multivariantPlaylistView(channel.view, HLS)?.variants).toHaveLength(1);
  });

  test('lists the tracks of the session that ended until the new one has a whole segment of each', () => {
    const channel = playing(5);
    const second = madeSession(6, { tracks: ['video'] });
    channel.video(second, 6, 7);
    expect(multivariantPlaylistView(channel.view, HLS)?.audio).toHaveLength(1);
    channel.video(second, 7, 8.5);
    expect(multivariantPlaylistView(channel.view, HLS)?.audio).toHaveLength(0);
  });

  test('lists the sound of MPEG-TS only where it has segments of its own', () => {
    const listed = [false, true].map((audioApart) => {
      const channel = live('TS', audioApart);
      const session = madeSession(0);
      channel.video(session, 0, 8);
      channel.audio(session, 0, 8);
      return multivariantPlaylistView(channel.view, HLS)?.audio.map(({ uri }) => uri);
    });
    expect(listed).toEqual([[], ['index_audio.m3u8']]);
  });

  test('lists what there is of a session that ended before every track had a whole segment', () => {
    const channel = live();
    channel.video(madeSession(0), 0, 3);
    channel.video(madeSession(4), 4, 4.5);
    expect(multivariantPlaylistView(channel.view, HLS)?.variants).toHaveLength(1);
  });

  test('measures the bits of the picture and its sound together', () => {
    // Each part is 1000 bytes and half a second, in both tracks.
    expect(multivariantPlaylistView(playing(9).view, HLS)?.variants[0]).toMatchObject({
      uri: 'index_video.m3u8',
      peakBitrate: 32_000,
      averageBitrate: 32_000,
      codecs: ['avc1.4d401e', 'mp4a.40.2'],
      frameRate: 30,
    });
  });

  test('tells the frame rate of the track, and so does DASH, while the encoder leaves out frames', () => {
    const channel = live();
    const session = madeSession(0);
    for (const [from, to, frames] of [
      [0, 4, 4],
      [4, 6, 15],
      [6, 9, 4],
    ] as const) {
      channel.frames.inHalfASecond = frames;
      channel.video(session, from, to);
      channel.audio(session, from, to);
    }
    expect(multivariantPlaylistView(channel.view, HLS)?.variants[0]?.frameRate).toBe(30);
    const [period] = mpdView(channel.view, DASH, EPOCH * 1000)?.periods ?? [];
    expect(period?.representations.find(({ track }) => track === 'video')?.frames).toEqual({ count: 15, ticks: 500 });
  });

  test('has the sound in the variants in MPEG-TS', () => {
    expect(multivariantPlaylistView(playing(9, 'TS').view, HLS)).toMatchObject({
      audio: [],
      variants: [{ peakBitrate: 32_000 }],
    });
  });
});

describe('the media playlist of a track', () => {
  test('begins at the same number in every track and lists no more than the window', () => {
    const { view } = playing(100);
    const [video, audio] = [mediaPlaylistView(view, HLS, 'video'), mediaPlaylistView(view, HLS, 'audio')];
    expect(video?.firstSequence).toBe(audio?.firstSequence);
    expect(video?.segments).toHaveLength(15);
  });

  test('lists three segments even of a shorter window', () => {
    const { view } = playing(20.5);
    expect(mediaPlaylistView(view, { ...HLS, windowSeconds: 4 }, 'video')?.segments).toHaveLength(3);
  });

  test('lists only whole segments without low latency', () => {
    const { view } = playing(5.5);
    expect(mediaPlaylistView(view, HLS, 'video')?.segments.map(({ seconds }) => seconds)).toEqual([2, 2]);
  });

  test('keeps a segment of MPEG-TS back until its sound is whole as well', () => {
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
  test('hints at the part that comes next, whatever comes', () => {
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

  test('lists parts near the live edge only, and those of the segment that still grows', () => {
    const segments = mediaPlaylistView(playing(20.5).view, LL, 'video')?.segments ?? [];
    expect(segments.map(({ parts }) => parts.length)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 1]);
    expect(segments.at(-1)?.complete).toBe(false);
  });

  test('holds back by the longest part of any track, and reports how far the others are', () => {
    const { view } = playing(8.5);
    expect(mediaPlaylistView(view, LL, 'video')?.lowLatency).toMatchObject({
      partTargetSeconds: 0.5,
      reports: [{ uri: 'low-latency_audio.m3u8', lastSequence: FIRST + 4, lastPart: 0 }],
    });
  });
});

describe('the MPD of a channel', () => {
  test('is not there before every track has a whole segment', () => {
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

  test('stretches the last segment before a hole, because players look for the next where one ends', () => {
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

  test('leaves a number out that a track has nothing for, and begins a period after it', () => {
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
