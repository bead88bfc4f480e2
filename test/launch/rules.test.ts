import { describe, expect, test } from '@jest/globals';
import { liveStream } from '../../lib/channel/live-stream';
import { DescriptionError } from '../../lib/channel/sentences';
import { launches } from './choices';
import { refusals } from './refusals';

type Parameters = Readonly<Record<string, string>>;

/** Typed parameters, the same fault in a description, and a part of the sentence that refuses both. */
type Bad = readonly [parameters: Parameters, channel: object, sentence: RegExp];

const CIDR = '203.0.113.7/32';
const FLOW = 'arn:aws:mediaconnect:eu-central-1:111122223333:flow:1-a:one';
const pull = (url: string, more = {}) => ({ kind: 'hls-pull', sources: [{ url, ...more }] });
const caller = (more: object) => ({
  input: { kind: 'srt-caller', sources: [{ address: 'host', port: 9000, ...more }] },
});

const BAD: readonly Bad[] = [
  [{ InputType: 'RTMP_PUSH' }, { input: { kind: 'rtmp-push', allowedCidrs: [] } }, /needs an allowed address range/],
  [
    { InputType: 'RTMP_PUSH', AllowedCidr: '0.0.0.0/0' },
    { input: { kind: 'rtmp-push', allowedCidrs: ['0.0.0.0/0'] } },
    /whole internet publish/,
  ],
  [
    { InputType: 'RTMP_PUSH', AllowedCidr: CIDR, AllowedCidr2: '0.0.0.0/0' },
    { input: { kind: 'rtmp-push', allowedCidrs: [CIDR, '0.0.0.0/0'] } },
    /whole internet publish/,
  ],
  [
    { InputType: 'RTMP_PUSH', AllowedCidr: '203.0.113.7' },
    { input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7'] } },
    /An IPv4 address range/,
  ],
  [
    { InputType: 'RTMP_PUSH', AllowedCidr: '2001:db8::/32' },
    { input: { kind: 'rtmp-push', allowedCidrs: ['2001:db8::/32'] } },
    /An IPv4 address range/,
  ],
  [
    { InputType: 'RTMP_PUSH', AllowedCidr: '203.0.113.256/32' },
    { input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.256/32'] } },
    /An IPv4 address range/,
  ],
  [
    { InputType: 'RTMP_PUSH', AllowedCidr: '203.0.113.7/33' },
    { input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/33'] } },
    /An IPv4 address range/,
  ],
  ...['203.0.113.7/0', '0.0.0.0/1', '128.0.0.0/1', '16.0.0.0/7'].map(
    (range): Bad => [
      { InputType: 'RTMP_PUSH', AllowedCidr3: range },
      { input: { kind: 'rtmp-push', allowedCidrs: [range] } },
      /An IPv4 address range of \/8 to \/32/,
    ],
  ),
  [
    { InputType: 'RTP_PUSH', AllowedCidr: CIDR },
    { input: { kind: 'rtp-push', allowedCidrs: [CIDR] } },
    /two endpoints; choose Redundancy/,
  ],
  [
    { InputType: 'SRT_LISTENER', AllowedCidr: CIDR },
    { input: { kind: 'srt-listener', allowedCidrs: [CIDR] } },
    /no SRT listener without encryption/,
  ],
  [{ InputType: 'SRT_CALLER' }, { input: { kind: 'srt-caller', sources: [{}] } }, /address and the port/],
  [{ InputType: 'SRT_CALLER', SrtAddress: 'host' }, caller({ port: undefined }), /address and the port/],
  [
    { InputType: 'SRT_CALLER', SrtAddress: 'srt://host', SrtPort: '9000' },
    caller({ address: 'srt://host' }),
    /without srt:\/\//,
  ],
  [{ InputType: 'SRT_CALLER', SrtAddress: 'host', SrtPort: '65536' }, caller({ port: 65_536 }), /A port from 1/],
  [{ InputType: 'SRT_CALLER', SrtAddress: 'host', SrtPort: '0' }, caller({ port: 0 }), /A port from 1/],
  [{ InputType: 'RTMP_PULL' }, { input: { kind: 'rtmp-pull', sources: [] } }, /give RtmpUrl/],
  [
    { InputType: 'RTMP_PULL', RtmpUrl: 'https://host/path' },
    { input: { kind: 'rtmp-pull', sources: [{ url: 'https://host/path' }] } },
    /rtmp:\/\/host\/application/,
  ],
  [
    { InputType: 'RTMP_PULL', RtmpUrl: 'rtmp://host/application' },
    { input: { kind: 'rtmp-pull', sources: [{ url: 'rtmp://host/application' }] } },
    /rtmp:\/\/host\/application/,
  ],
  [{ InputType: 'URL_PULL' }, { input: { kind: 'hls-pull', sources: [] } }, /give HttpUrl/],
  [{ InputType: 'URL_PULL', HttpUrl: 'ftp://host/a' }, { input: pull('ftp://host/a') }, /https:\/\/host\/path/],
  [
    { InputType: 'URL_PULL', HttpUrl: 'https://u:p@host/a' },
    { input: pull('https://u:p@host/a') },
    /without user name/,
  ],
  [
    { InputType: 'URL_PULL', HttpUrl: 'https://host/a', SourceUser: 'u' },
    { input: pull('https://host/a', { username: 'u' }) },
    /user name and a password belong together/,
  ],
  [
    { InputType: 'URL_PULL', HttpUrl: 'https://host/a', SourcePassword: 'p' },
    { input: pull('https://host/a', { passwordParameter: '/live/password' }) },
    /user name and a password belong together/,
  ],
  [
    { InputType: 'URL_PULL', HttpUrl: 'https://host/a', HttpUrl2: 'https://host/b' },
    { input: { kind: 'hls-pull', sources: [{ url: 'https://host/a' }, { url: 'https://host/b' }] } },
    /second source is for the second pipeline/,
  ],
  [{ InputType: 'MP4_FILE' }, { input: { kind: 'mp4-file', sources: [] } }, /either HttpUrl or BucketUrl/],
  [
    { InputType: 'TS_FILE', BucketUrl: 's3://bucket/key.ts' },
    { input: { kind: 'ts-file', sources: [{ url: 's3://bucket/key.ts' }] } },
    /s3ssl:\/\/bucket\/key/,
  ],
  [
    { InputType: 'TS_FILE', BucketUrl: 's3ssl://bucket/key.mov' },
    { input: { kind: 'ts-file', sources: [{ url: 's3ssl://bucket/key.mov' }] } },
    /plays \.mp4, \.ts and \.m2ts/,
  ],
  [
    { InputType: 'MP4_FILE', BucketUrl: 's3ssl://my.bucket/key.mp4' },
    { input: { kind: 'mp4-file', sources: [{ url: 's3ssl://my.bucket/key.mp4' }] } },
    /without a dot in their names/,
  ],
  [
    { InputType: 'TS_FILE', BucketUrl: 's3ssl://bucket/key.ts', SourceUser: 'u', SourcePassword: 'p' },
    {
      input: {
        kind: 'ts-file',
        sources: [{ url: 's3ssl://bucket/key.ts', username: 'u', passwordParameter: '/live/password' }],
      },
    },
    /bucket needs no user name/,
  ],
  [
    { InputType: 'MEDIACONNECT' },
    { input: { kind: 'mediaconnect', flowArns: [] } },
    /different flow for each pipeline/,
  ],
  [
    { InputType: 'MEDIACONNECT', FlowArn: 'arn:aws:s3:::flow' },
    { input: { kind: 'mediaconnect', flowArns: ['arn:aws:s3:::flow'] } },
    /ARN of a MediaConnect flow/,
  ],
  [
    { InputType: 'MEDIACONNECT', FlowArn: FLOW, Redundancy: 'two-pipelines' },
    { input: { kind: 'mediaconnect', flowArns: [FLOW] }, redundancy: 'two-pipelines' },
    /different flow for each pipeline/,
  ],
  [
    { InputType: 'MEDIACONNECT', FlowArn: FLOW, FlowArn2: FLOW, Redundancy: 'two-pipelines' },
    { input: { kind: 'mediaconnect', flowArns: [FLOW, FLOW] }, redundancy: 'two-pipelines' },
    /different flow for each pipeline/,
  ],
  [
    { InputType: 'INPUT_DEVICE' },
    { input: { kind: 'link-device', deviceIds: [] } },
    /different device for each pipeline/,
  ],
  [
    { InputType: 'INPUT_DEVICE', DeviceId: 'HD 1' },
    { input: { kind: 'link-device', deviceIds: ['HD 1'] } },
    /id of a Link device/,
  ],
  [{ InputType: 'CARRIER_PIGEON' }, { input: { kind: 'carrier-pigeon' } }, /One of TEST_CLIP/],
  [{ EncodingProfile: 'HD-4320p' }, { ladder: 'hd-4320p' }, /One of HD-720p/],
  [{ Latency: 'none' }, { latency: 'none' }, /One of standard, low/],
  [{ Redundancy: 'three' }, { redundancy: 'three' }, /One of single-pipeline/],
  [{ StartChannel: 'maybe' }, { running: 'maybe' }, /One of yes, no/],
  [{ AutoStopMinutes: '4' }, { autoStop: { afterInputLossMinutes: 4 } }, /5 to 1440 minutes/],
  [{ AutoStopMinutes: '1441' }, { autoStop: { afterInputLossMinutes: 1441 } }, /5 to 1440 minutes/],
  [{ AutoStopHours: '8761' }, { autoStop: { afterRunningHours: 8761 } }, /1 to 8760 hours/],
  [{ AutoStopHours: '1.5' }, { autoStop: { afterRunningHours: 1.5 } }, /1 to 8760 hours/],
  [{ Recording: 'always' }, { recording: 'always' }, /One of no, yes/],
  [{ RecordingDays: '0' }, { recording: { keepDays: 0 } }, /1 to 3650 days/],
  [{ RecordingDays: '3651' }, { recording: { keepDays: 3651 } }, /1 to 3650 days/],
  [{ RecordingDays: '1.5' }, { recording: { keepDays: 1.5 } }, /1 to 3650 days/],
];

/** The same for what is not of a channel. */
const BAD_STREAMS: readonly (readonly [Parameters, object, RegExp])[] = [
  [{ AlertEmail: 'nobody' }, { notices: { emails: ['nobody'] } }, /An e-mail address/],
  [{ Interruption: 'perhaps' }, { interruption: 'perhaps' }, /One of refuse, allow/],
  [{ Audience: 'some' }, { analytics: 'some' }, /One of no, yes/],
  [{ Operations: 'some' }, { operations: 'some' }, /One of yes, no/],
];

describe('what the schema refuses', () => {
  test.each(BAD)('the parameters %j are refused for as well', (parameters, channel, sentence) => {
    expect(refusals(parameters)).toMatch(sentence);
    const described = { channels: [{ name: 'main', input: { kind: 'test-clip' }, ...channel }] };
    expect(() => liveStream(described)).toThrow(DescriptionError);
  });

  test.each(BAD_STREAMS)('the parameters %j are refused for as well', (parameters, stream, sentence) => {
    expect(refusals(parameters)).toMatch(sentence);
    const described = { channels: [{ name: 'main', input: { kind: 'test-clip' } }], ...stream };
    expect(() => liveStream(described)).toThrow(DescriptionError);
  });
});

describe('what the schema takes', () => {
  test.each(launches(['video', 'recorded']).map((launch) => [launch.name, launch] as const))(
    'the parameters %s take as well',
    (_, { parameters, description }) => {
      expect(refusals(parameters)).toBe('');
      expect(() => liveStream({ ...description, origin: 'media-package' })).not.toThrow();
    },
  );
});
