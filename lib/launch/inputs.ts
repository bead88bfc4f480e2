import type { LiveStreamInput } from '../channel/live-stream';
import { all, equals, isGiven } from './condition-expressions';
import type { DimensionOption } from './dimension';
import { PLACEHOLDERS } from './free-texts';

type Input = LiveStreamInput['channels'][number]['input'];

/** An option of the dimension of inputs. */
export interface InputOption extends DimensionOption {
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
export const INPUTS: readonly InputOption[] = [
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
