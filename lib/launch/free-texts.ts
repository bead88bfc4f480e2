import type { FreeText } from './texts';

const ACCOUNT = 'us-east-1:123456789012';

/** Logical ids of the resources that keep the operator's secrets. */
export const SECRETS = { sourcePassword: 'SourcePasswordParameter', srtPassphrase: 'SrtPassphraseSecret' } as const;

/** Placeholders in a description for the values that the operator types, one for each pipeline where pipelines differ. */
export const PLACEHOLDERS = {
  cidrs: ['192.0.2.1/32', '192.0.2.2/32', '192.0.2.3/32', '192.0.2.4/32'],
  rtmpUrls: ['rtmp://pipeline-0.invalid/live/source', 'rtmp://pipeline-1.invalid/live/source'],
  httpUrls: ['https://pipeline-0.invalid/source', 'https://pipeline-1.invalid/source'],
  // MediaLive recognizes files by the endings of their names.
  mp4Urls: ['https://mp4-0.invalid/source.mp4', 'https://mp4-1.invalid/source.mp4'],
  tsUrls: ['https://ts-0.invalid/source.ts', 'https://ts-1.invalid/source.ts'],
  mp4Objects: ['s3ssl://invalid-mp4-0/source.mp4', 's3ssl://invalid-mp4-1/source.mp4'],
  tsObjects: ['s3ssl://invalid-ts-0/source.ts', 's3ssl://invalid-ts-1/source.ts'],
  username: 'username.invalid',
  passwordParameter: '/placeholder.invalid/password',
  srtAddresses: ['pipeline-0.srt.invalid', 'pipeline-1.srt.invalid'],
  srtPorts: [61_110, 61_111],
  srtEncryption: 'AES192',
  passphraseSecretArn: `arn:aws:secretsmanager:${ACCOUNT}:secret:placeholder.invalid-AbCdEf`,
  flowArns: [
    `arn:aws:mediaconnect:${ACCOUNT}:flow:0-placeholder:invalid`,
    `arn:aws:mediaconnect:${ACCOUNT}:flow:1-placeholder:invalid`,
  ],
  deviceIds: ['hd-placeholder-invalid-0', 'hd-placeholder-invalid-1'],
  email: 'placeholder@example.invalid',
  afterInputLossMinutes: 1437,
  afterRunningHours: 8759,
  keepDays: 3643,
} as const;

/** Most days that a recording in a bucket is kept in a launch: the list of the days after them is in the template. */
export const MOST_DAYS_IN_BUCKET = 365;

const ref = (parameter: string) => ({ Ref: parameter });

/** Returns one day more than is typed. CloudFormation cannot add, but it can count the members of a list. */
const dayAfter = (parameter: string) => ({
  'Fn::Select': [
    ref(parameter),
    { 'Fn::Split': [',', Array.from({ length: MOST_DAYS_IN_BUCKET + 1 }, (_, day) => day + 1).join(',')] },
  ],
});

/** The days that media in a bucket is kept: a day more, because the first segment of a show is older than its end. */
export const BUCKET_DAYS: FreeText = { placeholder: PLACEHOLDERS.keepDays + 1, value: dayAfter('RecordingDays') };

/** Returns the second value of a pair, which may be left out and is then the same as the first. */
const second = (parameter: string) => ({
  'Fn::If': [`${parameter}2IsGiven`, ref(`${parameter}2`), ref(parameter)],
});

const objectOf = (url: FreeText['value']) => ({ 'Fn::Select': [1, { 'Fn::Split': ['://', url] }] });

function pair(parameter: string, placeholders: readonly (string | number)[]): readonly FreeText[] {
  return placeholders.map((placeholder, pipeline) => ({
    placeholder,
    value: pipeline === 0 ? ref(parameter) : second(parameter),
  }));
}

function distinctPair(parameter: string, placeholders: readonly string[]): readonly FreeText[] {
  return placeholders.map((placeholder, pipeline) => ({
    placeholder,
    value: ref(pipeline === 0 ? parameter : `${parameter}2`),
  }));
}

/** The values that the operator types, with their places. */
export const FREE_TEXTS: readonly FreeText[] = [
  ...PLACEHOLDERS.cidrs.map((placeholder, index) => {
    const parameter = index === 0 ? 'AllowedCidr' : `AllowedCidr${index + 1}`;
    return { placeholder, value: ref(parameter), condition: `${parameter}IsGiven` };
  }),
  ...pair('RtmpUrl', PLACEHOLDERS.rtmpUrls),
  ...[PLACEHOLDERS.httpUrls, PLACEHOLDERS.mp4Urls, PLACEHOLDERS.tsUrls].flatMap((urls) => pair('HttpUrl', urls)),
  ...[PLACEHOLDERS.mp4Objects, PLACEHOLDERS.tsObjects].flatMap((objects) => [
    ...pair('BucketUrl', objects),
    // The channel's role names only the bucket and the key.
    ...pair('BucketUrl', objects).map(({ placeholder, value }) => ({
      placeholder: String(placeholder).replace('s3ssl://', ''),
      value: objectOf(value),
    })),
  ]),
  { placeholder: PLACEHOLDERS.username, value: ref('SourceUser') },
  { placeholder: PLACEHOLDERS.passwordParameter, value: ref(SECRETS.sourcePassword) },
  ...pair('SrtAddress', PLACEHOLDERS.srtAddresses),
  ...pair('SrtPort', PLACEHOLDERS.srtPorts),
  { placeholder: PLACEHOLDERS.srtEncryption, value: ref('SrtEncryption') },
  { placeholder: PLACEHOLDERS.passphraseSecretArn, value: ref(SECRETS.srtPassphrase) },
  ...distinctPair('FlowArn', PLACEHOLDERS.flowArns),
  ...distinctPair('DeviceId', PLACEHOLDERS.deviceIds),
  { placeholder: PLACEHOLDERS.email, value: ref('AlertEmail') },
  { placeholder: PLACEHOLDERS.afterInputLossMinutes, value: ref('AutoStopMinutes') },
  { placeholder: PLACEHOLDERS.afterRunningHours, value: ref('AutoStopHours') },
  { placeholder: PLACEHOLDERS.keepDays, value: ref('RecordingDays') },
  BUCKET_DAYS,
];

/** The conditions on which an optional value was given. */
export const GIVEN: Readonly<Record<string, FreeText['value']>> = Object.fromEntries(
  [
    'AllowedCidr',
    'AllowedCidr2',
    'AllowedCidr3',
    'AllowedCidr4',
    'RtmpUrl2',
    'HttpUrl2',
    'BucketUrl2',
    'SrtAddress2',
    'SrtPort2',
  ].map((parameter) => [`${parameter}IsGiven`, { 'Fn::Not': [{ 'Fn::Equals': [ref(parameter), ''] }] }]),
);
