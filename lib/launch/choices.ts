import type { LiveStreamInput } from '../channel/live-stream';
import type { Choice, Dimension, DimensionOption } from './dimension';
import { PLACEHOLDERS } from './free-texts';
import type { Json } from './json';

type Channel = LiveStreamInput['channels'][number];
type Input = Channel['input'];

const equals = (parameter: string, value: string): Json => ({ 'Fn::Equals': [{ Ref: parameter }, value] });
const isGiven = (parameter: string): Json => ({ 'Fn::Not': [equals(parameter, '')] });
const all = (...members: Json[]): Json => ({ 'Fn::And': members });

interface InputOption extends DimensionOption {
  /** Returns the input of a description, for one pipeline or two. */
  readonly input: (pipelines: 1 | 2) => Input;
}

const cidrs = { allowedCidrs: [...PLACEHOLDERS.cidrs] };
const { username, passwordParameter } = PLACEHOLDERS;
const credentials = { username, passwordParameter };
const passphrase = { encryption: PLACEHOLDERS.srtEncryption, passphraseSecretArn: PLACEHOLDERS.passphraseSecretArn };

/** Returns sources at these URLs, one for each pipeline. */
function sources(urls: readonly string[], more: Partial<typeof credentials> = {}) {
  return (pipelines: 1 | 2) => urls.slice(0, pipelines).map((url) => ({ url, ...more }));
}

function listeners(pipelines: 1 | 2, more: Partial<typeof passphrase> = {}) {
  return PLACEHOLDERS.srtAddresses
    .slice(0, pipelines)
    .map((address, pipeline) => ({ address, port: PLACEHOLDERS.srtPorts[pipeline] ?? 0, ...more }));
}

/** The kinds of input that the template offers. A kind has several rows where a secret or a bucket makes a different input. */
const INPUTS: readonly InputOption[] = [
  { name: 'TestClip', chosen: equals('InputType', 'TEST_CLIP'), input: () => ({ kind: 'test-clip' }) },
  { name: 'RtmpPush', chosen: equals('InputType', 'RTMP_PUSH'), input: () => ({ kind: 'rtmp-push', ...cidrs }) },
  { name: 'RtpPush', chosen: equals('InputType', 'RTP_PUSH'), input: () => ({ kind: 'rtp-push', ...cidrs }) },
  {
    name: 'SrtListener',
    chosen: equals('InputType', 'SRT_LISTENER'),
    input: () => ({ kind: 'srt-listener', ...cidrs, ...passphrase }),
  },
  ...both('SRT_CALLER', 'SrtPassphrase', {
    SrtCaller: (pipelines) => ({ kind: 'srt-caller', sources: listeners(pipelines) }),
    SrtCallerWithPassphrase: (pipelines) => ({ kind: 'srt-caller', sources: listeners(pipelines, passphrase) }),
  }),
  ...both('RTMP_PULL', 'SourceUser', {
    RtmpPull: (pipelines) => ({ kind: 'rtmp-pull', sources: sources(PLACEHOLDERS.rtmpUrls)(pipelines) }),
    RtmpPullWithPassword: (pipelines) => ({
      kind: 'rtmp-pull',
      sources: sources(PLACEHOLDERS.rtmpUrls, credentials)(pipelines),
    }),
  }),
  ...both('URL_PULL', 'SourceUser', {
    UrlPull: (pipelines) => ({ kind: 'hls-pull', sources: sources(PLACEHOLDERS.httpUrls)(pipelines) }),
    UrlPullWithPassword: (pipelines) => ({
      kind: 'hls-pull',
      sources: sources(PLACEHOLDERS.httpUrls, credentials)(pipelines),
    }),
  }),
  ...file('MP4_FILE', 'Mp4File', { kind: 'mp4-file', urls: PLACEHOLDERS.mp4Urls, objects: PLACEHOLDERS.mp4Objects }),
  ...file('TS_FILE', 'TsFile', { kind: 'ts-file', urls: PLACEHOLDERS.tsUrls, objects: PLACEHOLDERS.tsObjects }),
  {
    name: 'MediaConnect',
    chosen: equals('InputType', 'MEDIACONNECT'),
    input: (pipelines) => ({ kind: 'mediaconnect', flowArns: PLACEHOLDERS.flowArns.slice(0, pipelines) }),
  },
  {
    name: 'InputDevice',
    chosen: equals('InputType', 'INPUT_DEVICE'),
    input: (pipelines) => ({ kind: 'link-device', deviceIds: PLACEHOLDERS.deviceIds.slice(0, pipelines) }),
  },
];

/** Returns two inputs of one type: without a parameter, and with it. */
function both(type: string, parameter: string, inputs: Record<string, InputOption['input']>): readonly InputOption[] {
  const [plain, extended] = Object.entries(inputs);
  if (plain === undefined || extended === undefined) throw new Error(`${type} needs two inputs`);
  return [
    { name: plain[0], chosen: all(equals('InputType', type), equals(parameter, '')), input: plain[1] },
    { name: extended[0], chosen: all(equals('InputType', type), isGiven(parameter)), input: extended[1] },
  ];
}

interface FilePlaceholders {
  readonly kind: 'mp4-file' | 'ts-file';
  readonly urls: readonly string[];
  readonly objects: readonly string[];
}

/** Returns the inputs of a file: on a web server, on one with a password, or in a bucket. */
function file(type: string, name: string, { kind, urls, objects }: FilePlaceholders): readonly InputOption[] {
  const at = (read: (pipelines: 1 | 2) => { url: string }[]) => (pipelines: 1 | 2) => ({
    kind,
    sources: read(pipelines),
  });
  const ofType = equals('InputType', type);
  const onTheWeb = equals('BucketUrl', '');
  return [
    { name, chosen: all(ofType, onTheWeb, equals('SourceUser', '')), input: at(sources(urls)) },
    {
      name: `${name}WithPassword`,
      chosen: all(ofType, onTheWeb, isGiven('SourceUser')),
      input: at(sources(urls, credentials)),
    },
    {
      name: `${name}InBucket`,
      chosen: all(ofType, isGiven('BucketUrl')),
      input: at(sources(objects)),
    },
  ];
}

/** The encoding profiles by the names that the operator sees, with their ladders. */
export const PROFILES = {
  'HD-720p': 'hd-720p',
  'HD-1080p': 'hd-1080p',
  'SD-540p': 'sd-540p',
  'UHD-2160p': 'uhd-2160p',
  Sports: 'sports',
  Slides: 'slides',
  'Audio-only': 'audio-only',
} as const satisfies Record<string, Channel['ladder']>;

/** Returns the name of a profile's option. */
export const profileOption = (profile: string) => profile.replace('-', '');

const options = (parameter: string, values: Readonly<Record<string, string>>): readonly DimensionOption[] =>
  Object.entries(values).map(([name, value]) => ({ name, chosen: equals(parameter, value) }));

const not = ({ name, chosen }: { name: string; chosen: Json }): DimensionOption => ({
  name,
  chosen: { 'Fn::Not': [chosen] },
});

/** Everything that the operator chooses from closed sets. The first option of each is the default. */
export const DIMENSIONS: readonly Dimension[] = [
  { name: 'Input', options: INPUTS },
  {
    name: 'Redundancy',
    options: options('Redundancy', { SinglePipeline: 'single-pipeline', TwoPipelines: 'two-pipelines' }),
  },
  {
    name: 'Profile',
    options: Object.keys(PROFILES).map((name) => ({
      name: profileOption(name),
      chosen: equals('EncodingProfile', name),
    })),
  },
  { name: 'Latency', options: options('Latency', { Standard: 'standard', Low: 'low' }) },
  { name: 'Start', options: options('StartChannel', { Yes: 'yes', No: 'no' }) },
  { name: 'Interruption', options: options('Interruption', { Refuse: 'refuse', Allow: 'allow' }) },
  {
    name: 'StopAfterInputLoss',
    options: [
      not({ name: 'Yes', chosen: equals('AutoStopMinutes', '0') }),
      { name: 'Never', chosen: equals('AutoStopMinutes', '0') },
    ],
  },
  {
    name: 'StopAfterRunning',
    options: [
      not({ name: 'Yes', chosen: equals('AutoStopHours', '0') }),
      { name: 'Never', chosen: equals('AutoStopHours', '0') },
    ],
  },
  {
    name: 'Alerts',
    options: [
      { name: 'None', chosen: equals('AlertEmail', '') },
      { name: 'Email', chosen: isGiven('AlertEmail') },
    ],
  },
];

/** Returns the description of a choice, with a placeholder for everything that the operator types. */
export function description(choice: Choice, origin: NonNullable<LiveStreamInput['origin']>): LiveStreamInput {
  const pipelines = choice['Redundancy'] === 'TwoPipelines' ? 2 : 1;
  const input = INPUTS.find(({ name }) => name === choice['Input'])?.input(pipelines);
  const ladder = Object.entries(PROFILES).find(([name]) => profileOption(name) === choice['Profile'])?.[1];
  if (input === undefined || ladder === undefined) throw new Error(`${JSON.stringify(choice)} is no choice`);
  return {
    origin,
    interruption: choice['Interruption'] === 'Allow' ? 'allow' : 'refuse',
    notices: { emails: choice['Alerts'] === 'Email' ? [PLACEHOLDERS.email] : [] },
    channels: [
      {
        name: 'main',
        input,
        ladder,
        latency: choice['Latency'] === 'Low' ? 'low' : 'standard',
        redundancy: pipelines === 2 ? 'two-pipelines' : 'single-pipeline',
        running: choice['Start'] !== 'No',
        autoStop: {
          afterInputLossMinutes:
            choice['StopAfterInputLoss'] === 'Never' ? 'never' : PLACEHOLDERS.afterInputLossMinutes,
          afterRunningHours: choice['StopAfterRunning'] === 'Never' ? 'never' : PLACEHOLDERS.afterRunningHours,
        },
      },
    ],
  };
}
