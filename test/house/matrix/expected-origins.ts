import type { LiveStreamInput } from '../../../lib/channel/live-stream';

/**
 * The expected origin of one channel, by kind, not taken from lib/. References are logical ids without their hash,
 * `STACK` is the stack's name, and `<X.Arn/1>` the second part of an attribute between slashes. A new kind needs a row.
 */
export interface ExpectedOrigin {
  /** The origin in a description. */
  readonly described: NonNullable<LiveStreamInput['origin']>;
  /** The destinations of the encoder, one line for each. */
  readonly written: (channel: string, pipelines: 1 | 2) => readonly string[];
  /** The host that the edge reads; `first` is the first channel of the stack. */
  readonly read: (first: string) => string;
  /** The paths of manifests that viewers can ask for. */
  readonly manifests: (channel: string, ladder: string) => readonly string[];
  /** Permissions of the encoder's role. */
  readonly encoderMay: (channel: string) => readonly string[];
  /** The ladders that it must refuse, and the sentences. */
  readonly refused: Readonly<Record<string, RegExp>>;
}

const HEVC_IN_TS = /^channels\[0\]\.ladder: HEVC was given with the origin .*players take HEVC in CMAF only/;
const NO_PICTURE =
  /^channels\[0\]\.ladder: "audio-only" was given with the origin .*takes no stream without video; choose the origin s3/;

const CONTAINER = 'arn:<AWS::Partition>:mediastore:<AWS::Region>:<AWS::AccountId>:container/<AWS::StackName>';

/** Finished HLS in a store: pipeline 1 writes beside pipeline 0, whose playlist lists both. */
const stored =
  (store: string) =>
  (channel: string, pipelines: 1 | 2): readonly string[] =>
    ['index', 'index-pipeline-1'].slice(0, pipelines).map((name) => `${store}/live/${channel}/${name}`);

export const ORIGINS: Readonly<Record<string, ExpectedOrigin>> = {
  'media-package': {
    described: 'media-package',
    // One entry without an endpoint: MediaLive maps both pipelines by itself.
    written: (channel) => [`packager STACK/${channel}`],
    read: () => '<OriginGroup.EgressDomain>',
    manifests: (channel, ladder) => [
      `/out/v1/STACK/${channel}/cmaf/dash.mpd`,
      `/out/v1/STACK/${channel}/cmaf/index.m3u8`,
      `/out/v1/STACK/${channel}/cmaf/low-latency.m3u8`,
      // Players take HEVC in CMAF only.
      ...(ladder === 'uhd-2160p' ? [] : [`/out/v1/STACK/${channel}/ts/index.m3u8`]),
    ],
    encoderMay: (channel) => [
      `mediapackagev2:GetChannel <Origin${channel}Channel>`,
      `mediapackagev2:PutObject <Origin${channel}Channel>`,
    ],
    refused: { 'audio-only': NO_PICTURE },
  },
  'media-package-v1': {
    described: { kind: 'media-package-v1', formats: ['hls', 'dash', 'cmaf', 'mss'] },
    written: (channel) => [`packager <Origin${channel}Channel>`],
    read: (first) => `<Origin${first}HlsEndpoint.Url/2>`,
    manifests: (channel) => [
      `/out/v1/<Origin${channel}CmafEndpoint.Arn/1>/hls/index.m3u8`,
      `/out/v1/<Origin${channel}DashEndpoint.Arn/1>/index.mpd`,
      `/out/v1/<Origin${channel}HlsEndpoint.Arn/1>/index.m3u8`,
      `/out/v1/<Origin${channel}MssEndpoint.Arn/1>/index.ism/Manifest`,
    ],
    encoderMay: (channel) => [`mediapackage:DescribeChannel <Origin${channel}Channel>`],
    refused: { 'uhd-2160p': HEVC_IN_TS, 'audio-only': NO_PICTURE },
  },
  s3: {
    described: 's3',
    written: stored('s3ssl://<OriginBucket>'),
    read: () => '<OriginBucket.RegionalDomainName>',
    manifests: (channel) => [`/live/${channel}/index.m3u8`],
    encoderMay: (channel) => [
      `s3:AbortMultipartUpload <OriginBucket>/live/${channel}/*`,
      `s3:DeleteObject <OriginBucket>/live/${channel}/*`,
      `s3:GetObject <OriginBucket>/live/${channel}/*`,
      's3:ListBucket <OriginBucket>',
      `s3:PutObject <OriginBucket>/live/${channel}/*`,
    ],
    refused: { 'uhd-2160p': HEVC_IN_TS },
  },
  'media-store': {
    described: { kind: 'media-store', acknowledgeDiscontinued: true },
    written: stored('mediastoressl://<OriginContainer.Endpoint/2>'),
    read: () => '<OriginContainer.Endpoint/2>',
    manifests: (channel) => [`/live/${channel}/index.m3u8`],
    encoderMay: (channel) =>
      ['DeleteObject', 'DescribeObject', 'GetObject', 'PutObject'].map(
        (action) => `mediastore:${action} ${CONTAINER}/live/${channel}/*`,
      ),
    refused: { 'uhd-2160p': HEVC_IN_TS },
  },
};
