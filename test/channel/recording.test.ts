import { describe, expect, test } from '@jest/globals';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { liveStream } from '../../lib/channel/live-stream';
import { longestRecordingSeconds, neededStartOverSeconds, recordingOf } from '../../lib/channel/recording';
import { problems } from './problems';

type Channel = LiveStreamInput['channels'][number];

const described = (channel: Partial<Channel>, origin: LiveStreamInput['origin'] = 'media-package') => ({
  origin,
  channels: [{ name: 'main', input: { kind: 'test-clip' }, ...channel }],
});

/** The only channel of a description. */
function only(channel: Partial<Channel>) {
  const [first] = liveStream(described(channel)).channels;
  if (first === undefined) throw new Error('there is no channel');
  return first;
}

const HOUR = 3600;
/** A show of 15 hours over midnight. */
const LONG = { timeZone: 'UTC', shows: [{ on: ['SAT' as const], start: '18:00', stop: '09:00' }] };

describe('the recording of a channel', () => {
  test('is off by default, and has defaults when it is on', () => {
    expect(recordingOf(only({}))).toBeUndefined();
    const defaults = { keepDays: 30, longestShowHours: 12, pictures: false, mp4: false };
    expect(recordingOf(only({ recording: true }))).toEqual(defaults);
    expect(recordingOf(only({ recording: { keepDays: 7 } }))).toEqual({ ...defaults, keepDays: 7 });
  });

  test('keeps media for an hour more than the longest show, and for the rewind', () => {
    expect(neededStartOverSeconds(only({}))).toBe(0);
    expect(neededStartOverSeconds(only({ rewind: 120 }))).toBe(2 * HOUR);
    expect(neededStartOverSeconds(only({ recording: true, rewind: 120 }))).toBe(13 * HOUR);
    expect(neededStartOverSeconds(only({ recording: { longestShowHours: 1 }, rewind: 180 }))).toBe(3 * HOUR);
  });

  test('never cuts a show of the schedule', () => {
    const channel = only({ recording: true, schedule: LONG });
    expect(longestRecordingSeconds(channel)).toBe(15 * HOUR);
    expect(neededStartOverSeconds(channel)).toBe(16 * HOUR);
  });

  test.each(['media-package-v1', 's3'] as const)('is taken of the origin %s', (origin) => {
    expect(problems(described({ recording: true, rewind: 30 }, origin))).toEqual([]);
  });

  test('refuses an origin that is discontinued', () => {
    const origin = { kind: 'media-store' as const, acknowledgeDiscontinued: true as const };
    expect(problems(described({ recording: true }, origin))).toEqual([
      'channels[0].recording: a recording was given with the origin media-store, which AWS has discontinued; choose the origin s3 or media-package, or leave it out',
    ]);
  });

  const TRACKS = [
    { language: 'en', name: 'English' },
    { language: 'fr', name: 'Français' },
  ];
  test.each([
    [{ recording: { pictures: true }, ladder: 'audio-only' }, 'the ladder audio-only'],
    [{ recording: { mp4: true }, audio: TRACKS }, '2 audio tracks'],
  ] as const)('refuses %j of a bucket, whose segments MediaConvert does not read', (channel, why) => {
    expect(problems(described(channel as Parameters<typeof described>[0], 's3'))).toContain(
      `channels[0].recording: pictures or mp4 were given with the origin s3 and ${why}; MediaConvert needs segments with video and audio in them: leave them out`,
    );
  });

  test('has pictures and an MP4 of a bucket with video and one audio', () => {
    expect(problems(described({ recording: { pictures: true, mp4: true } }, 's3'))).toEqual([]);
  });

  test('refuses a start-over window that ends before the longest show', () => {
    const origin = { kind: 'media-package' as const, startOverSeconds: 15 * HOUR };
    expect(problems(described({ recording: true, schedule: LONG }, origin))).toEqual([
      'channels[0].recording: a recording was given with startOverSeconds 54000 and a show of 54000 s in the schedule; the beginning would be gone at the end: give at least 57600, or leave startOverSeconds out',
    ]);
  });

  test.each([
    [{ keepDays: 0 }, 'channels[0].recording.keepDays: 0 was given; it must be at least 1'],
    [{ keepDays: 3651 }, 'channels[0].recording.keepDays: 3651 was given; it must be at most 3650'],
    [{ longestShowHours: 336 }, 'channels[0].recording.longestShowHours: 336 was given; it must be at most 335'],
  ])('refuses %j', (recording, sentence) => {
    expect(problems(described({ recording }))).toEqual([sentence]);
  });
});

describe('the rewind of a channel', () => {
  test('refuses less than the live manifest lists', () => {
    const latency = { gopSeconds: 2, segmentSeconds: 4, manifestWindowSeconds: 300 };
    expect(problems(described({ rewind: 5, latency }))).toEqual([
      'channels[0].rewind: 5 was given, in minutes; the live manifest lists 300 s already: give more, or leave it out',
    ]);
    expect(problems(described({ rewind: 6, latency }))).toEqual([]);
  });

  test('refuses more than four hours', () => {
    expect(problems(described({ rewind: 241 }))).toEqual(['channels[0].rewind: 241 was given; it must be at most 240']);
  });
});
