import type { LiveStreamInput } from '../../lib/channel/live-stream';

type Input = LiveStreamInput['channels'][number]['input'];

/** Names that the resources of a template have in an account. */
export const PASSWORD_PARAMETER = '/live/password';
export const PASSPHRASE_SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:srt-a1b2c3';

/** Typed parameters, and the input that they stand for. */
export type InputRow = readonly [parameters: Readonly<Record<string, string>>, input: Input];

const CIDRS = ['203.0.113.7/32', '198.51.100.0/24'];
const allowed = { AllowedCidr: '203.0.113.7/32', AllowedCidr3: '198.51.100.0/24' };
const RTMP = ['rtmp://one.example.com/live/a', 'rtmp://two.example.com/live/b'] as const;
const WEB = ['https://one.example.com/index.m3u8?token=1', 'https://two.example.com/index.m3u8'] as const;
const MP4S = ['https://one.example.com/file.mp4?token=1', 'http://two.example.com/file.mp4'] as const;
const STREAMS = ['https://one.example.com/file.ts', 'http://two.example.com/file.m2ts'] as const;
const MP4_OBJECTS = ['s3ssl://bucket-one/folder/file.mp4', 's3ssl://bucket-two/file.mp4'] as const;
const STREAM_OBJECTS = ['s3ssl://bucket-one/folder/file.ts', 's3ssl://bucket-two/file.m2ts'] as const;
const FLOWS = [
  'arn:aws:mediaconnect:eu-central-1:111122223333:flow:1-a:one',
  'arn:aws:mediaconnect:eu-central-1:111122223333:flow:1-b:two',
] as const;
const DEVICES = ['hd-0123456789abcdef', 'hd-fedcba9876543210'] as const;
const account = { SourceUser: 'producer', SourcePassword: 'not-a-real-password' };
const login = { username: 'producer', passwordParameter: PASSWORD_PARAMETER };
const encrypted = { encryption: 'AES128', passphraseSecretArn: PASSPHRASE_SECRET } as const;
const secret = { SrtEncryption: 'AES128', SrtPassphrase: 'not-a-real-passphrase' };
const at = (urls: readonly string[], more = {}) => urls.map((url) => ({ url, ...more }));

/** Each way in, with one pipeline. */
export const SINGLE: readonly InputRow[] = [
  [{ InputType: 'TEST_CLIP' }, { kind: 'test-clip' }],
  [
    { InputType: 'RTMP_PUSH', ...allowed },
    { kind: 'rtmp-push', allowedCidrs: CIDRS },
  ],
  [
    { InputType: 'RTMP_PUSH', AllowedCidr: '0.0.0.0/0', AllowAnywhere: 'yes' },
    { kind: 'rtmp-push', allowedCidrs: ['0.0.0.0/0'], allowAnywhere: true },
  ],
  [
    { InputType: 'SRT_LISTENER', ...allowed, ...secret },
    { kind: 'srt-listener', allowedCidrs: CIDRS, ...encrypted },
  ],
  [
    { InputType: 'SRT_CALLER', SrtAddress: 'venue.example.com', SrtPort: '9000' },
    { kind: 'srt-caller', sources: [{ address: 'venue.example.com', port: 9000 }] },
  ],
  [
    { InputType: 'SRT_CALLER', SrtAddress: 'venue.example.com', SrtPort: '9000', ...secret },
    { kind: 'srt-caller', sources: [{ address: 'venue.example.com', port: 9000, ...encrypted }] },
  ],
  [
    { InputType: 'RTMP_PULL', RtmpUrl: RTMP[0] },
    { kind: 'rtmp-pull', sources: at([RTMP[0]]) },
  ],
  [
    { InputType: 'RTMP_PULL', RtmpUrl: RTMP[0], ...account },
    { kind: 'rtmp-pull', sources: at([RTMP[0]], login) },
  ],
  [
    { InputType: 'URL_PULL', HttpUrl: WEB[0] },
    { kind: 'hls-pull', sources: at([WEB[0]]) },
  ],
  [
    { InputType: 'URL_PULL', HttpUrl: WEB[0], ...account },
    { kind: 'hls-pull', sources: at([WEB[0]], login) },
  ],
  [
    { InputType: 'MP4_FILE', HttpUrl: MP4S[0] },
    { kind: 'mp4-file', sources: at([MP4S[0]]) },
  ],
  [
    { InputType: 'MP4_FILE', HttpUrl: MP4S[0], ...account },
    { kind: 'mp4-file', sources: at([MP4S[0]], login) },
  ],
  [
    { InputType: 'MP4_FILE', BucketUrl: MP4_OBJECTS[0] },
    { kind: 'mp4-file', sources: at([MP4_OBJECTS[0]]) },
  ],
  [
    { InputType: 'TS_FILE', HttpUrl: STREAMS[0] },
    { kind: 'ts-file', sources: at([STREAMS[0]]) },
  ],
  [
    { InputType: 'TS_FILE', HttpUrl: STREAMS[0], ...account },
    { kind: 'ts-file', sources: at([STREAMS[0]], login) },
  ],
  [
    { InputType: 'TS_FILE', BucketUrl: STREAM_OBJECTS[0] },
    { kind: 'ts-file', sources: at([STREAM_OBJECTS[0]]) },
  ],
  [
    { InputType: 'MEDIACONNECT', FlowArn: FLOWS[0] },
    { kind: 'mediaconnect', flowArns: [FLOWS[0]] },
  ],
  [
    { InputType: 'INPUT_DEVICE', DeviceId: DEVICES[0] },
    { kind: 'link-device', deviceIds: [DEVICES[0]] },
  ],
];

/** Each way in, with two pipelines: what differs, and that what is left out is the same for both. */
export const TWO: readonly InputRow[] = [
  [{ InputType: 'TEST_CLIP' }, { kind: 'test-clip' }],
  [
    { InputType: 'RTMP_PUSH', ...allowed },
    { kind: 'rtmp-push', allowedCidrs: CIDRS },
  ],
  [
    { InputType: 'RTP_PUSH', AllowedCidr4: CIDRS[0] ?? '' },
    { kind: 'rtp-push', allowedCidrs: CIDRS.slice(0, 1) },
  ],
  [
    { InputType: 'SRT_LISTENER', ...allowed, ...secret },
    { kind: 'srt-listener', allowedCidrs: CIDRS, ...encrypted },
  ],
  [
    { InputType: 'SRT_CALLER', SrtAddress: 'one.example.com', SrtPort: '9000', SrtPort2: '9001' },
    {
      kind: 'srt-caller',
      sources: [
        { address: 'one.example.com', port: 9000 },
        { address: 'one.example.com', port: 9001 },
      ],
    },
  ],
  [
    { InputType: 'SRT_CALLER', SrtAddress: 'one.example.com', SrtPort: '9000', SrtAddress2: '198.51.100.9', ...secret },
    {
      kind: 'srt-caller',
      sources: [
        { address: 'one.example.com', port: 9000, ...encrypted },
        { address: '198.51.100.9', port: 9000, ...encrypted },
      ],
    },
  ],
  [
    { InputType: 'RTMP_PULL', RtmpUrl: RTMP[0], RtmpUrl2: RTMP[1] },
    { kind: 'rtmp-pull', sources: at(RTMP) },
  ],
  [
    { InputType: 'RTMP_PULL', RtmpUrl: RTMP[0], ...account },
    { kind: 'rtmp-pull', sources: at([RTMP[0], RTMP[0]], login) },
  ],
  [
    { InputType: 'URL_PULL', HttpUrl: WEB[0], HttpUrl2: WEB[1] },
    { kind: 'hls-pull', sources: at(WEB) },
  ],
  [
    { InputType: 'URL_PULL', HttpUrl: WEB[0], HttpUrl2: WEB[1], ...account },
    { kind: 'hls-pull', sources: at(WEB, login) },
  ],
  [
    { InputType: 'MP4_FILE', HttpUrl: MP4S[0], HttpUrl2: MP4S[1] },
    { kind: 'mp4-file', sources: at(MP4S) },
  ],
  [
    { InputType: 'MP4_FILE', HttpUrl: MP4S[0], ...account },
    { kind: 'mp4-file', sources: at([MP4S[0], MP4S[0]], login) },
  ],
  [
    { InputType: 'MP4_FILE', BucketUrl: MP4_OBJECTS[0], BucketUrl2: MP4_OBJECTS[1] },
    { kind: 'mp4-file', sources: at(MP4_OBJECTS) },
  ],
  [
    { InputType: 'TS_FILE', HttpUrl: STREAMS[0] },
    { kind: 'ts-file', sources: at([STREAMS[0], STREAMS[0]]) },
  ],
  [
    { InputType: 'TS_FILE', HttpUrl: STREAMS[0], HttpUrl2: STREAMS[1], ...account },
    { kind: 'ts-file', sources: at(STREAMS, login) },
  ],
  [
    { InputType: 'TS_FILE', BucketUrl: STREAM_OBJECTS[0] },
    { kind: 'ts-file', sources: at([STREAM_OBJECTS[0], STREAM_OBJECTS[0]]) },
  ],
  [
    { InputType: 'MEDIACONNECT', FlowArn: FLOWS[0], FlowArn2: FLOWS[1] },
    { kind: 'mediaconnect', flowArns: [...FLOWS] },
  ],
  [
    { InputType: 'INPUT_DEVICE', DeviceId: DEVICES[0], DeviceId2: DEVICES[1] },
    { kind: 'link-device', deviceIds: [...DEVICES] },
  ],
];
