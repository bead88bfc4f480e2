import { describe, expect, test } from '@jest/globals';
import { INPUT_KINDS } from '../../lib/channel/input';
import { type LiveStreamInput, liveStream } from '../../lib/channel/live-stream';
import { problems } from './problems';

const clip = { kind: 'test-clip' } as const;
const push = { kind: 'rtmp-push' as const, allowedCidrs: ['203.0.113.7/32'] };

/** Every kind of input as a sentence lists them. */
const EVERY_KIND = Object.keys(INPUT_KINDS)
  .map((kind) => `"${kind}"`)
  .join(', ')
  .replace(/, ([^,]*)$/, ' or $1');

/** Describes one channel with some options changed. */
function channel(options: object): unknown {
  return { channels: [{ name: 'main', input: clip, ...options }] };
}

describe('a description of live channels', () => {
  test('has a default for everything but the name and the input of a channel', () => {
    expect(liveStream({ channels: [{ name: 'main', input: clip }] })).toEqual({
      origin: 'media-package',
      edge: { originShield: true, corsOrigins: ['*'], accessLogs: 'delete-with-stack' },
      interruption: 'refuse',
      recordings: 'retain',
      operations: { probe: true, alarms: {}, dashboard: true, history: true },
      notices: { emails: [] },
      channels: [
        {
          name: 'main',
          autoStop: { afterInputLossMinutes: 60, afterRunningHours: 24 },
          input: { kind: 'test-clip' },
          preparedInputs: [],
          ladder: 'hd-720p',
          frameRate: '30',
          audio: { bitrate: 96_000 },
          captions: 'none',
          adMarkers: 'none',
          timedMetadata: false,
          polls: false,
          thumbnails: false,
          inputLoss: { repeatSeconds: 1, blackSeconds: 1, afterwards: 'pause' },
          latency: 'standard',
          redundancy: 'single-pipeline',
          running: true,
        },
      ],
    });
  });

  test('accepts channels of every kind side by side', () => {
    const description: LiveStreamInput = {
      channels: [
        { name: 'main', input: clip, latency: { gopSeconds: 1.5, segmentSeconds: 6, manifestWindowSeconds: 120 } },
        { name: 'stage-2', input: { ...push, streamNames: ['live/a', 'live/b'] }, redundancy: 'two-pipelines' },
        {
          name: 'own',
          input: { kind: 'rtmp-push', allowedCidrs: ['0.0.0.0/0'], allowAnywhere: true },
          ladder: [
            { width: 426, height: 240, bitrate: 300_000 },
            { width: 1280, height: 720, bitrate: 3_000_000 },
          ],
          frameRate: '30000/1001',
        },
      ],
    };
    expect(problems(description)).toEqual([]);
  });

  test.each([
    [
      'an unknown option',
      channel({ lader: 'hd-720p' }),
      'channels[0].lader: there is no such option; see docs/configuration.md',
    ],
    ['no channels', { channels: [] }, 'channels: 0 given; at least 1 needed'],
    ['a missing list of channels', {}, 'channels: is missing; a list is needed'],
    ['something else than an object', 'main', 'the description: "main" was given; an object is needed'],
    ...(
      [
        ['media-store', 'origin: "media-store" was given'],
        [{ kind: 'media-store' }, 'origin.acknowledgeDiscontinued: is missing'],
        [{ kind: 'media-store', acknowledgeDiscontinued: false }, 'origin.acknowledgeDiscontinued: false was given'],
      ] as const
    ).map(
      ([origin, beginning]) =>
        [
          `MediaStore without the acknowledgement, ${JSON.stringify(origin)},`,
          { ...(channel({}) as object), origin },
          `${beginning}; AWS discontinued MediaStore on 2025-11-13, so a stack with it can no longer be deployed; the replacement is 's3', the same architecture on a living service. { kind: 'media-store', acknowledgeDiscontinued: true } is for templates and the local run`,
        ] as const,
    ),
    [
      'an unknown origin',
      { ...(channel({}) as object), origin: 'tape' },
      'origin: "tape" was given; "media-package", "media-package-v1" or "s3", or an object of your own is possible',
    ],
    [
      'an unknown input',
      channel({ input: { kind: 'carrier-pigeon' } }),
      `channels[0].input.kind: "carrier-pigeon" was given; ${EVERY_KIND} is possible`,
    ],
    [
      'a name with capitals',
      channel({ name: 'Main' }),
      'channels[0].name: "Main" was given; a lower-case letter, then up to 31 lower-case letters, digits and hyphens is needed',
    ],
    [
      'a CIDR that is none',
      channel({ input: { ...push, allowedCidrs: ['203.0.113.7'] } }),
      'channels[0].input.allowedCidrs[0]: "203.0.113.7" was given; an IPv4 address range of /8 to /32 such as 203.0.113.7/32, its host bits zero, or 0.0.0.0/0 is needed',
    ],
    [
      'host bits in a CIDR',
      channel({ input: { ...push, allowedCidrs: ['10.0.0.1/8'] } }),
      'channels[0].input.allowedCidrs[0]: "10.0.0.1/8" was given; an IPv4 address range of /8 to /32 such as 203.0.113.7/32, its host bits zero, or 0.0.0.0/0 is needed',
    ],
    [
      'an IPv6 CIDR',
      channel({ input: { ...push, allowedCidrs: ['2001:db8::/32'] } }),
      'channels[0].input.allowedCidrs[0]: "2001:db8::/32" was given; an IPv4 address range of /8 to /32 such as 203.0.113.7/32, its host bits zero, or 0.0.0.0/0 is needed',
    ],
    [
      'eleven CIDRs',
      channel({ input: { ...push, allowedCidrs: Array.from({ length: 11 }, (_, index) => `10.0.${index}.0/24`) } }),
      'channels[0].input.allowedCidrs: 11 given; no more than 10 needed',
    ],
    [
      'the whole internet without a confirmation',
      channel({ input: { ...push, allowedCidrs: ['0.0.0.0/0'] } }),
      'channels[0].input.allowedCidrs[0]: 0.0.0.0/0 lets the whole internet publish; name the address of your encoder, or confirm it with allowAnywhere: true',
    ],
    [
      'a stream name without an instance',
      channel({ input: { ...push, streamNames: ['live'] } }),
      'channels[0].input.streamNames[0]: "live" was given; an application and an instance such as live/primary, each of letters, digits, . _ -, is needed',
    ],
    [
      'one stream name for two pipelines',
      channel({ input: { ...push, streamNames: ['live/a'] }, redundancy: 'two-pipelines' }),
      'channels[0].input.streamNames: 1 given; a two-pipelines channel needs exactly 2, one for each pipeline',
    ],
    [
      'a GOP that does not divide the segment',
      channel({ latency: { gopSeconds: 2, segmentSeconds: 5, manifestWindowSeconds: 60 } }),
      'channels[0].latency.segmentSeconds: 5 s is 2.5 GOPs of 2 s; a segment must hold a whole number of GOPs',
    ],
    [
      'a window of two segments',
      channel({ latency: { gopSeconds: 2, segmentSeconds: 20, manifestWindowSeconds: 40 } }),
      'channels[0].latency.manifestWindowSeconds: 40 s is 2 segments of 20 s; a live manifest must list at least 3 (RFC 8216, 6.2.2)',
    ],
    [
      'an unknown latency',
      channel({ latency: 'ultra' }),
      'channels[0].latency: "ultra" was given; "standard" or "low", or an object of your own is possible',
    ],
    [
      'half a latency',
      channel({ latency: { gopSeconds: 2, segmentSeconds: 4 } }),
      'channels[0].latency.manifestWindowSeconds: is missing; a number is needed',
    ],
    ['an empty ladder', channel({ ladder: [] }), 'channels[0].ladder: 0 given; at least 1 needed'],
    [
      'an odd width',
      channel({ ladder: [{ width: 641, height: 360, bitrate: 800_000 }] }),
      'channels[0].ladder[0].width: 641 was given; video in 4:2:0 needs an even number of pixels',
    ],
    [
      'bitrates that do not ascend',
      channel({
        ladder: [
          { width: 640, height: 360, bitrate: 800_000 },
          { width: 1280, height: 720, bitrate: 700_000 },
        ],
      }),
      'channels[0].ladder[1].bitrate: 700000 bits/s was given after 800000 bits/s; renditions go from the lowest bitrate to the highest, each above the one before',
    ],
    [
      'a picture that shrinks as its bitrate grows',
      channel({
        ladder: [
          { width: 1280, height: 720, bitrate: 800_000 },
          { width: 640, height: 360, bitrate: 900_000 },
        ],
      }),
      'channels[0].ladder[1]: 640x360 at 900000 bits/s comes after the larger 1280x720; a frame may not get smaller as its bitrate grows',
    ],
    [
      '61 frames per second',
      channel({ frameRate: '61' }),
      'channels[0].frameRate: "61" was given; 10 to 60 frames per second, as a whole number or a fraction (25, or 30000/1001 for 29.97), is needed',
    ],
    [
      'a word for a switch',
      channel({ running: 'yes' }),
      'channels[0].running: "yes" was given; true or false is needed',
    ],
    [
      'an input loss of two minutes',
      channel({ autoStop: { afterInputLossMinutes: 2 } }),
      'channels[0].autoStop.afterInputLossMinutes: 2 was given; it must be at least 5',
    ],
    [
      'a word that is no limit',
      channel({ autoStop: { afterRunningHours: 'always' } }),
      'channels[0].autoStop.afterRunningHours: "always" was given; "never", or a number of your own is possible',
    ],
    [
      'a time zone that is none',
      channel({ schedule: { timeZone: 'Berlin/Europe', shows: [{ on: ['MON'], start: '18:00' }] } }),
      'channels[0].schedule.timeZone: "Berlin/Europe" was given; an IANA time zone such as Europe/Berlin is needed',
    ],
    [
      'a show without a time',
      channel({ schedule: { timeZone: 'UTC', shows: [{ on: ['MON'] }] } }),
      'channels[0].schedule.shows[0]: neither start nor stop is given; a time to do one of them is needed',
    ],
    [
      'a day that does not exist',
      channel({ schedule: { timeZone: 'UTC', shows: [{ on: '2026-02-30', start: '18:00' }] } }),
      'channels[0].schedule.shows[0].on: "2026-02-30" was given; a date such as 2026-12-24 is needed',
    ],
    [
      'a time of day in words',
      channel({ schedule: { timeZone: 'UTC', shows: [{ on: ['MON'], start: '6 pm' }] } }),
      'channels[0].schedule.shows[0].start: "6 pm" was given; a time of day such as 18:30 is needed',
    ],
    [
      'an e-mail address that is none',
      { ...(channel({}) as object), notices: { emails: ['producer'] } },
      'notices.emails[0]: "producer" was given; an e-mail address is needed',
    ],
    [
      'another word for an interruption',
      { ...(channel({}) as object), interruption: 'ask' },
      'interruption: "ask" was given; "refuse" or "allow" is possible',
    ],
    [
      'a duplicate channel name',
      {
        channels: [
          { name: 'main', input: clip },
          { name: 'main', input: clip },
        ],
      },
      'channels[1].name: "main" is already the name of channels[0]; every channel needs a name of its own (hyphens do not count)',
    ],
    [
      'names that differ in hyphens only',
      {
        channels: [
          { name: 'a-1', input: clip },
          { name: 'a1', input: clip },
        ],
      },
      'channels[1].name: "a1" is already the name of channels[0]; every channel needs a name of its own (hyphens do not count)',
    ],
    [
      'a web origin with a path',
      { ...(channel({}) as object), edge: { corsOrigins: ['https://a.example/b'] } },
      'edge.corsOrigins[0]: "https://a.example/b" was given; * or a web origin such as https://www.example.com, without a path, is needed',
    ],
  ])('refuses %s', (_, description, sentence) => {
    expect(problems(description)).toEqual([sentence]);
  });

  test('reports all problems at once', () => {
    const found = problems({
      oops: 1,
      channels: [
        {
          name: 'main',
          input: { ...push, allowedCidrs: ['10.0.0/8', '0.0.0.0/0'] },
          latency: { gopSeconds: 2, segmentSeconds: 5, manifestWindowSeconds: 60 },
          ladder: [],
        },
        { name: 'main', input: clip, ladder: [{ width: 3, height: 360, bitrate: 'many' }] },
        7,
      ],
    });
    expect(found.map((sentence) => sentence.split(':')[0]).sort()).toEqual([
      'channels[0].input.allowedCidrs[0]',
      'channels[0].input.allowedCidrs[1]',
      'channels[0].ladder',
      'channels[0].latency.segmentSeconds',
      'channels[1].ladder[0].bitrate',
      'channels[1].ladder[0].width',
      'channels[1].ladder[0].width',
      'channels[1].name',
      'channels[2]',
      'oops',
    ]);
  });
});
