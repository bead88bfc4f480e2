import { describe, expect, test } from '@jest/globals';
import { type Mpd, type Representation, renderMpd } from '../../../src/services/mediapackage/dash/mpd';
import type { DashManifest } from '../../../src/services/mediapackage/model/endpoint';
import { madeFormat } from '../made-media';

const MANIFEST: DashManifest = {
  name: 'index',
  windowSeconds: 60,
  minUpdatePeriodSeconds: 2,
  minBufferTimeSeconds: 4,
  suggestedPresentationDelaySeconds: 6,
  utcTiming: undefined,
};

const VIDEO: Representation = {
  track: 'v720',
  format: madeFormat('video'),
  bitrate: 2_700_000,
  frames: { count: 15, ticks: 500.5 },
  initUri: 'segment_v720_init-1.mp4',
  mediaTemplate: 'segment_v720_$Number$.mp4',
  segments: [2000, 4000, 6000].map((startTicks) => ({ startTicks, durationTicks: 2000 })),
};

const AUDIO: Representation = {
  ...VIDEO,
  track: 'audio',
  format: madeFormat('audio'),
  bitrate: 96_000,
  initUri: 'segment_audio_init-1.mp4',
  mediaTemplate: 'segment_audio_$Number$.mp4',
  segments: [
    { startTicks: 2048, durationTicks: 2048 },
    { startTicks: 4096, durationTicks: 1536 },
  ],
};

function written(changes: Partial<Mpd> = {}): string {
  return renderMpd({
    manifest: MANIFEST,
    presentationSeconds: undefined,
    windowSeconds: MANIFEST.windowSeconds,
    availabilityStartMilliseconds: Date.parse('2026-11-22T12:00:00.000Z'),
    publishMilliseconds: Date.parse('2026-11-22T12:00:08.000Z'),
    nowMilliseconds: Date.parse('2026-11-22T12:00:09.250Z'),
    maxSegmentSeconds: 2.048,
    periods: [{ id: 'p100', firstNumber: 101, startSeconds: 0, representations: [VIDEO, AUDIO] }],
    ...changes,
  });
}

describe('an MPD', () => {
  test('states when its media is available and how players should follow it', () => {
    expect(written().split('\n')[1]).toBe(
      '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="dynamic" ' +
        'availabilityStartTime="2026-11-22T12:00:00.000Z" publishTime="2026-11-22T12:00:08.000Z" ' +
        'minimumUpdatePeriod="PT2S" minBufferTime="PT4S" suggestedPresentationDelay="PT6S" ' +
        'timeShiftBufferDepth="PT60S" maxSegmentDuration="PT2.048S">',
    );
  });

  test('numbers segments and lists the times of each track', () => {
    expect(
      written(),
    ).toContain(`      <Representation id="v720" bandwidth="2700000" codecs="avc1.4d401e" width="640" height="360" frameRate="30000/1001">
        <SegmentTemplate timescale="1000" presentationTimeOffset="0" initialization="segment_v720_init-1.mp4" media="segment_v720_$Number$.mp4" startNumber="101">
          <SegmentTimeline>
            <S t="2000" d="2000" r="2"/>
          </SegmentTimeline>
        </SegmentTemplate>
      </Representation>`);
    expect(
      written(),
    ).toContain(`      <Representation id="audio" bandwidth="96000" codecs="mp4a.40.2" audioSamplingRate="48000">
        <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="2"/>
        <SegmentTemplate timescale="1000" presentationTimeOffset="0" initialization="segment_audio_init-1.mp4" media="segment_audio_$Number$.mp4" startNumber="101">
          <SegmentTimeline>
            <S t="2048" d="2048"/>
            <S t="4096" d="1536"/>`);
  });

  test('begins a new timeline entry where time jumps', () => {
    const segments = [0, 2000, 7000].map((startTicks) => ({ startTicks, durationTicks: 2000 }));
    const representations = [{ ...VIDEO, segments }];
    expect(written({ periods: [{ id: 'p1', firstNumber: 1, startSeconds: 0, representations }] })).toMatch(
      /<S t="0" d="2000" r="1"\/>\s+<S t="7000" d="2000"\/>/,
    );
  });

  test('starts each period on the clock, with the offset of its media', () => {
    const periods = [0, 30.5].map((startSeconds) => ({
      id: `p${startSeconds}`,
      firstNumber: 1,
      startSeconds,
      representations: [VIDEO],
    }));
    expect(written({ periods }).match(/<Period [^>]+>|presentationTimeOffset="\d+"/g)).toEqual([
      '<Period id="p0" start="PT0S">',
      'presentationTimeOffset="0"',
      '<Period id="p30.5" start="PT30.5S">',
      'presentationTimeOffset="30500"',
    ]);
  });

  test.each([
    ['nothing', undefined, undefined],
    [
      'its own time',
      { mode: 'UTC_DIRECT', source: undefined } as const,
      '<UTCTiming schemeIdUri="urn:mpeg:dash:utc:direct:2014" value="2026-11-22T12:00:09.250Z"/>',
    ],
    [
      'a server',
      { mode: 'HTTP_XSDATE', source: 'https://time.example/?a=1&b=2' } as const,
      '<UTCTiming schemeIdUri="urn:mpeg:dash:utc:http-xsdate:2014" value="https://time.example/?a=1&amp;b=2"/>',
    ],
  ])('gives %s as its clock', (_, utcTiming, expected) => {
    expect(written({ manifest: { ...MANIFEST, utcTiming } }).match(/<UTCTiming.*>/)?.[0]).toBe(expected);
  });
});
