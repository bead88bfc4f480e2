import { describe, expect, test } from '@jest/globals';
import {
  type MediaPlaylist,
  type PlaylistSegment,
  renderMediaPlaylist,
} from '../../../src/services/mediapackage/hls/media-playlist';
import { renderMultivariantPlaylist } from '../../../src/services/mediapackage/hls/multivariant-playlist';

const VARIANT = {
  uri: 'index_v720.m3u8',
  peakBitrate: 2_900_000,
  averageBitrate: 2_500_000,
  codecs: ['avc1.4d401f', 'mp4a.40.2'],
  width: 1280,
  height: 720,
  frameRate: 30_000 / 1001,
};

describe('a multivariant playlist', () => {
  test('lists audio as a group of its own in CMAF', () => {
    const audio = [{ uri: 'index_audio.m3u8', name: 'audio', channels: 2, language: 'eng' }];
    expect(renderMultivariantPlaylist({ container: 'CMAF', variants: [VARIANT], audio })).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="audio",LANGUAGE="eng",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="index_audio.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=2900000,AVERAGE-BANDWIDTH=2500000,CODECS="avc1.4d401f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970,AUDIO="audio"
index_v720.m3u8
`);
  });

  test('has no audio group in MPEG-TS, where each variant contains its audio', () => {
    expect(renderMultivariantPlaylist({ container: 'TS', variants: [VARIANT], audio: [] })).toBe(`#EXTM3U
#EXT-X-VERSION:4
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=2900000,AVERAGE-BANDWIDTH=2500000,CODECS="avc1.4d401f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970
index_v720.m3u8
`);
  });

  test('makes only the first of several audio tracks the default', () => {
    const audio = ['one', 'two'].map((name) => ({ uri: `${name}.m3u8`, name, channels: 2, language: undefined }));
    const text = renderMultivariantPlaylist({ container: 'CMAF', variants: [VARIANT], audio });
    expect(text.match(/NAME="(\w+)",DEFAULT=(\w+)/g)).toEqual(['NAME="one",DEFAULT=YES', 'NAME="two",DEFAULT=NO']);
  });
});

const NOON = Date.parse('2026-11-22T12:00:00.000Z');

/** Builds a segment of 2 s, `index` segments after noon. */
function segment(index: number, changes: Partial<PlaylistSegment> = {}): PlaylistSegment {
  return {
    uri: `s${index}.mp4`,
    initUri: 'init.mp4',
    seconds: 2,
    startMilliseconds: NOON + index * 2000,
    discontinuity: false,
    gap: false,
    complete: true,
    parts: [],
    ...changes,
  };
}

function playlist(changes: Partial<MediaPlaylist> = {}): readonly string[] {
  return renderMediaPlaylist({
    container: 'CMAF',
    targetSeconds: 2,
    kind: 'window',
    firstSequence: 7,
    discontinuitySequence: 0,
    programDateTimeSeconds: 0,
    segments: [segment(0), segment(1)],
    lowLatency: undefined,
    ...changes,
  }).split('\n');
}

describe('a media playlist', () => {
  test('lists segments under one init segment', () => {
    expect(playlist()).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-TARGETDURATION:2',
      '#EXT-X-MEDIA-SEQUENCE:7',
      '#EXT-X-DISCONTINUITY-SEQUENCE:0',
      '#EXT-X-MAP:URI="init.mp4"',
      '#EXTINF:2,',
      's0.mp4',
      '#EXTINF:2,',
      's1.mp4',
      '',
    ]);
  });

  test('has no EXT-X-MAP in MPEG-TS', () => {
    const segments = [segment(0, { initUri: undefined })];
    expect(playlist({ container: 'TS', segments }).slice(5)).toEqual([
      '#EXT-X-DISCONTINUITY-SEQUENCE:0',
      '#EXTINF:2,',
      's0.mp4',
      '',
    ]);
  });

  test.each(['init.mp4', 'other.mp4'])('repeats EXT-X-MAP after a discontinuity, for %s', (initUri) => {
    const segments = [segment(0), segment(1, { discontinuity: true, initUri })];
    expect(playlist({ segments }).slice(6)).toEqual([
      '#EXT-X-MAP:URI="init.mp4"',
      '#EXTINF:2,',
      's0.mp4',
      '#EXT-X-DISCONTINUITY',
      `#EXT-X-MAP:URI="${initUri}"`,
      '#EXTINF:2,',
      's1.mp4',
      '',
    ]);
  });

  test('marks a gap as a segment that players must not load', () => {
    const segments = [segment(0), segment(1, { gap: true, seconds: 1.75 })];
    expect(playlist({ segments }).slice(-4)).toEqual(['#EXT-X-GAP', '#EXTINF:1.75,', 's1.mp4', '']);
  });

  test.each([
    ['30000/1001 frames/s', 60 * (1001 / 30_000), '#EXTINF:2.002,'],
    ['AAC at 44.1 kHz', (88 * 1024) / 44_100, '#EXTINF:2.043356,'],
  ])('writes durations of %s to the microsecond', (_, seconds, line) => {
    expect(playlist({ segments: [segment(0, { seconds })] })).toContain(line);
  });
});

describe('EXT-X-PROGRAM-DATE-TIME', () => {
  /** Lists the dated segments, by number. */
  function dated(interval: number, segments: readonly PlaylistSegment[]): readonly string[] {
    const lines = playlist({ programDateTimeSeconds: interval, segments });
    return lines.flatMap((line, index) => (line.startsWith('#EXT-X-PROGRAM') ? (lines[index + 2] ?? []) : []));
  }
  const eight = Array.from({ length: 8 }, (_, index) => segment(index));

  test.each([
    ['never without an interval', 0, []],
    ['at every segment that is longer than the interval', 1, eight.map(({ uri }) => uri)],
    ['at the first, and wherever the clock passes the interval', 5, ['s0.mp4', 's3.mp4', 's5.mp4']],
  ])('stands %s', (_, interval, expected) => {
    expect(dated(interval, eight)).toEqual(expected);
  });

  test('stands at the same segments when the window moves, apart from the first one', () => {
    expect(dated(5, eight.slice(1))).toEqual(['s1.mp4', 's3.mp4', 's5.mp4']);
  });

  test('stands where time jumps', () => {
    const jump = [segment(0), segment(1, { startMilliseconds: NOON + 3000 })];
    expect(dated(60, jump)).toEqual(['s0.mp4', 's1.mp4']);
  });

  test('is rounded to the millisecond, not truncated', () => {
    const segments = [segment(0, { startMilliseconds: NOON + 999.6 })];
    expect(playlist({ programDateTimeSeconds: 1, segments })).toContain(
      '#EXT-X-PROGRAM-DATE-TIME:2026-11-22T12:00:01.000Z',
    );
  });
});

describe('an LL-HLS media playlist', () => {
  test('lists parts, the next part, and the position of the other renditions', () => {
    const parts = [
      { uri: 'p4.mp4', seconds: 0.5, independent: true },
      { uri: 'p5.mp4', seconds: 0.5, independent: false },
    ];
    const lines = playlist({
      segments: [segment(0), segment(1, { complete: false, parts })],
      lowLatency: {
        partTargetSeconds: 0.512,
        hintUri: 'p6.mp4',
        reports: [{ uri: 'audio.m3u8', lastSequence: 8, lastPart: 1 }],
      },
    });
    expect(lines.slice(1, 6)).toEqual([
      '#EXT-X-VERSION:9',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-TARGETDURATION:2',
      '#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.536',
      '#EXT-X-PART-INF:PART-TARGET=0.512',
    ]);
    expect(lines.slice(10)).toEqual([
      's0.mp4',
      '#EXT-X-PART:DURATION=0.5,URI="p4.mp4",INDEPENDENT=YES',
      '#EXT-X-PART:DURATION=0.5,URI="p5.mp4"',
      '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="p6.mp4"',
      '#EXT-X-RENDITION-REPORT:URI="audio.m3u8",LAST-MSN=8,LAST-PART=1',
      '',
    ]);
  });
});
