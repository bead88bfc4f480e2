import { describe, expect, test } from '@jest/globals';
import { mpdView } from '../../../src/services/mediapackage/dash/mpd-view';
import { multivariantPlaylistView } from '../../../src/services/mediapackage/hls/multivariant-playlist-view';
import { DASH, EPOCH, HLS, live, playing } from '../live-channel';
import { madeSession } from '../made-media';

describe('the multivariant playlist of a channel', () => {
  test('does not exist before every track has a whole segment', () => {
    const channel = live();
    const session = madeSession(0);
    channel.video(session, 0, 4.5);
    expect(multivariantPlaylistView(channel.view, HLS)).toBeUndefined();
    channel.audio(session, 0, 4.5);
    expect(multivariantPlaylistView(channel.view, HLS)?.variants).toHaveLength(1);
  });

  test('lists the tracks of the previous session until the new one has a whole segment of each track', () => {
    const channel = playing(5);
    const second = madeSession(6, { tracks: ['video'] });
    channel.video(second, 6, 7);
    expect(multivariantPlaylistView(channel.view, HLS)?.audio).toHaveLength(1);
    channel.video(second, 7, 8.5);
    expect(multivariantPlaylistView(channel.view, HLS)?.audio).toHaveLength(0);
  });

  test('lists the audio of MPEG-TS only when it has segments of its own', () => {
    const listed = [false, true].map((audioApart) => {
      const channel = live('TS', audioApart);
      const session = madeSession(0);
      channel.video(session, 0, 8);
      channel.audio(session, 0, 8);
      return multivariantPlaylistView(channel.view, HLS)?.audio.map(({ uri }) => uri);
    });
    expect(listed).toEqual([[], ['index_audio.m3u8']]);
  });

  test('lists the existing tracks of a session that ended before every track had a whole segment', () => {
    const channel = live();
    channel.video(madeSession(0), 0, 3);
    channel.video(madeSession(4), 4, 4.5);
    expect(multivariantPlaylistView(channel.view, HLS)?.variants).toHaveLength(1);
  });

  test('measures the bits of video and audio together', () => {
    // Each part is 1000 bytes and half a second, in both tracks.
    expect(multivariantPlaylistView(playing(9).view, HLS)?.variants[0]).toMatchObject({
      uri: 'index_video.m3u8',
      peakBitrate: 32_000,
      averageBitrate: 32_000,
      codecs: ['avc1.4d401e', 'mp4a.40.2'],
      frameRate: 30,
    });
  });

  test('gives the frame rate of the track, as DASH does, while the encoder drops frames', () => {
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

  test('counts the audio in the variants of MPEG-TS', () => {
    expect(multivariantPlaylistView(playing(9, 'TS').view, HLS)).toMatchObject({
      audio: [],
      variants: [{ peakBitrate: 32_000 }],
    });
  });
});
