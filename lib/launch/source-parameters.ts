import type { Parameter, ParameterGroup } from './parameter';
import { VALUES } from './parameter-values';

const SECOND = 'Only with two pipelines: what the second one takes.';
const secondOrSame = (label: string, { pattern, constraint }: Required<Pick<Parameter, 'pattern' | 'constraint'>>) => ({
  label: `${label}, second pipeline`,
  description: `${SECOND} Empty: the same as the first.`,
  default: '',
  pattern,
  constraint,
});

const furtherCidr = (number: number): Parameter => ({
  label: `Allowed address range ${number}`,
  description: 'Another range that may publish.',
  default: '',
  ...VALUES.cidr,
});

/** The kind of input, and its redundancy. */
export const SOURCE: ParameterGroup = {
  label: 'Where the picture comes from',
  parameters: {
    InputType: {
      label: 'Input',
      description:
        'TEST_CLIP needs nothing and plays at once. With PUSH and SRT_LISTENER, your encoder sends; with PULL, FILE and SRT_CALLER, MediaLive fetches; MEDIACONNECT and INPUT_DEVICE (Elemental Link) are in your account already.',
      default: 'TEST_CLIP',
      options: [
        'TEST_CLIP',
        'RTMP_PUSH',
        'RTP_PUSH',
        'SRT_LISTENER',
        'SRT_CALLER',
        'RTMP_PULL',
        'URL_PULL',
        'MP4_FILE',
        'TS_FILE',
        'MEDIACONNECT',
        'INPUT_DEVICE',
      ],
    },
    Redundancy: {
      label: 'Redundancy',
      description: 'Two pipelines survive the loss of one, and cost about twice as much. RTP_PUSH needs two.',
      default: 'single-pipeline',
      options: ['single-pipeline', 'two-pipelines'],
    },
  },
};

/** Inputs to which an encoder sends. */
export const PUSH: ParameterGroup = {
  label: 'Your encoder sends (RTMP_PUSH, RTP_PUSH, SRT_LISTENER)',
  parameters: {
    AllowedCidr: {
      label: 'Allowed address range',
      description: 'The IPv4 addresses that may publish: your encoder alone is 203.0.113.7/32.',
      default: '',
      ...VALUES.cidr,
    },
    AllowedCidr2: furtherCidr(2),
    AllowedCidr3: furtherCidr(3),
    AllowedCidr4: furtherCidr(4),
    AllowAnywhere: {
      label: 'Whole internet',
      description: 'Whether 0.0.0.0/0 among the ranges is meant: then everybody may put a picture on air.',
      default: 'no',
      options: ['no', 'yes'],
    },
  },
};

/** Inputs that MediaLive fetches. */
export const PULL: ParameterGroup = {
  label: 'MediaLive fetches (RTMP_PULL, URL_PULL, MP4_FILE, TS_FILE)',
  parameters: {
    RtmpUrl: { label: 'RTMP URL', description: 'RTMP_PULL: what to fetch.', default: '', ...VALUES.rtmpUrl },
    RtmpUrl2: secondOrSame('RTMP URL', VALUES.rtmpUrl),
    HttpUrl: {
      label: 'Web URL',
      description:
        'URL_PULL: an HLS playlist. MP4_FILE: a file on a web server whose path ends in .mp4; TS_FILE: in .ts or .m2ts.',
      default: '',
      ...VALUES.httpUrl,
    },
    HttpUrl2: secondOrSame('Web URL', VALUES.httpUrl),
    BucketUrl: {
      label: 'File in S3',
      description:
        'In place of a web URL, a file in a bucket of this account. MP4_FILE: the key ends in .mp4; TS_FILE: in .ts or .m2ts.',
      default: '',
      ...VALUES.bucketUrl,
    },
    BucketUrl2: secondOrSame('File in S3', VALUES.bucketUrl),
    SourceUser: {
      label: 'User name',
      description: 'If the RTMP or web server asks for one.',
      default: '',
      ...VALUES.user,
    },
    SourcePassword: {
      label: 'Password',
      description: 'Its password. It is kept encrypted in Parameter Store, and removed with the stack.',
      ...VALUES.password,
      secret: { least: 0, most: 1000 },
    },
  },
};

/** Inputs that use SRT. */
export const SRT: ParameterGroup = {
  label: 'SRT (SRT_CALLER, SRT_LISTENER)',
  parameters: {
    SrtAddress: {
      label: 'Address',
      description: 'SRT_CALLER: host that MediaLive calls.',
      default: '',
      ...VALUES.srtAddress,
    },
    SrtPort: { label: 'Port', description: 'SRT_CALLER: its UDP port.', default: '', ...VALUES.srtPort },
    SrtAddress2: secondOrSame('Address', VALUES.srtAddress),
    SrtPort2: secondOrSame('Port', VALUES.srtPort),
    SrtPassphrase: {
      label: 'Passphrase',
      description:
        '10 to 79 characters. SRT_LISTENER needs one; SRT_CALLER, if the listener sends encrypted. It is kept in Secrets Manager, and removed with the stack.',
      ...VALUES.passphrase,
      secret: { least: 0, most: 79 },
    },
    SrtEncryption: {
      label: 'Cipher',
      description: 'With a passphrase: what both ends use.',
      default: 'AES256',
      options: ['AES128', 'AES192', 'AES256'],
    },
  },
};

/** Inputs from the same account. */
export const ACCOUNT: ParameterGroup = {
  label: 'From your account (MEDIACONNECT, INPUT_DEVICE)',
  parameters: {
    FlowArn: { label: 'Flow', description: 'MEDIACONNECT: ARN of the flow.', default: '', ...VALUES.flowArn },
    FlowArn2: {
      label: 'Flow, second pipeline',
      description: `${SECOND} A flow in another Availability Zone.`,
      default: '',
      ...VALUES.flowArn,
    },
    DeviceId: {
      label: 'Device',
      description: 'INPUT_DEVICE: id of the Link device.',
      default: '',
      ...VALUES.deviceId,
    },
    DeviceId2: { label: 'Device, second pipeline', description: SECOND, default: '', ...VALUES.deviceId },
  },
};
