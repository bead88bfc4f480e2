import type { Properties, ResourceRequest, Value } from '../../src/contract';

export const ROLE = 'arn:aws:iam::111122223333:role/medialive';

export const PACKAGER_ARN = 'arn:aws:mediapackagev2:eu-west-1:111122223333:channelGroup/live/channel/main';

type Overrides = { readonly [key: string]: Value | undefined };

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** `H264Settings` as the templates have them. */
const H264 = {
  RateControlMode: 'QVBR',
  MaxBitrate: 2_700_000,
  BufSize: 2_700_000,
  QvbrQualityLevel: 8,
  FramerateControl: 'SPECIFIED',
  FramerateNumerator: 30,
  FramerateDenominator: 1,
  ParControl: 'SPECIFIED',
  ParNumerator: 1,
  ParDenominator: 1,
  GopSize: 1,
  GopSizeUnits: 'SECONDS',
  GopClosedCadence: 1,
  GopNumBFrames: 3,
  SubgopLength: 'FIXED',
  Profile: 'MAIN',
  Level: 'H264_LEVEL_AUTO',
  EntropyEncoding: 'CABAC',
  LookAheadRateControl: 'LOW',
  SceneChangeDetect: 'ENABLED',
  ScanType: 'PROGRESSIVE',
  ColorMetadata: 'INSERT',
  AfdSignaling: 'NONE',
  TimecodeInsertion: 'DISABLED',
  Syntax: 'DEFAULT',
};

/** An audio description as the templates have it. */
const AUDIO = {
  Name: 'audio',
  AudioSelectorName: 'default',
  AudioTypeControl: 'FOLLOW_INPUT',
  LanguageCodeControl: 'FOLLOW_INPUT',
  CodecSettings: {
    AacSettings: {
      Bitrate: 96_000,
      SampleRate: 48_000,
      CodingMode: 'CODING_MODE_2_0',
      Profile: 'LC',
      RateControlMode: 'CBR',
      InputType: 'NORMAL',
      RawFormat: 'NONE',
      Spec: 'MPEG4',
    },
  },
};

/** The `EncoderSettings` that the templates have, with renditions of these sizes. */
export function encoderSettings({
  sizes = [
    { width: 1280, height: 720 },
    { width: 640, height: 360 },
  ],
  h264 = {},
  settings = {},
}: {
  readonly sizes?: readonly Size[];
  readonly h264?: Overrides;
  readonly settings?: Overrides;
} = {}): Properties {
  const destination = { MediaPackageV2DestinationSettings: { HlsAutoSelect: 'YES', HlsDefault: 'YES' } };
  const outputSettings = { MediaPackageOutputSettings: destination };
  const names = sizes.map(({ width, height }) => `video-${width}x${height}`);
  return defined({
    ThumbnailConfiguration: { State: 'DISABLED' },
    TimecodeConfig: { Source: 'SYSTEMCLOCK' },
    GlobalConfiguration: {
      InputEndAction: 'NONE',
      OutputLockingMode: 'PIPELINE_LOCKING',
      OutputTimingSource: 'SYSTEM_CLOCK',
      SupportLowFramerateInputs: 'DISABLED',
      InputLossBehavior: { RepeatFrameMsec: 1000, BlackFrameMsec: 1000, InputLossImageType: 'COLOR' },
    },
    AvailConfiguration: { AvailSettings: { Scte35SpliceInsert: { WebDeliveryAllowedFlag: 'FOLLOW' } } },
    VideoDescriptions: sizes.map(({ width, height }, index) => ({
      Name: names[index] ?? '',
      Width: width,
      Height: height,
      ScalingBehavior: 'DEFAULT',
      Sharpness: 50,
      RespondToAfd: 'NONE',
      CodecSettings: {
        H264Settings: defined({ ...H264, ...h264 }),
      },
    })),
    AudioDescriptions: [AUDIO],
    OutputGroups: [
      {
        Name: 'packager',
        OutputGroupSettings: {
          MediaPackageGroupSettings: {
            Destination: { DestinationRefId: 'packager' },
            MediapackageV2GroupSettings: {
              SegmentLength: 1,
              SegmentLengthUnits: 'SECONDS',
              Scte35Type: 'SCTE_35_WITHOUT_SEGMENTATION',
            },
          },
        },
        Outputs: [
          ...names.map((name) => ({ OutputName: name, VideoDescriptionName: name, OutputSettings: outputSettings })),
          { OutputName: 'audio', AudioDescriptionNames: ['audio'], OutputSettings: outputSettings },
        ],
      },
    ],
    ...settings,
  });
}

/** The properties of a channel as the templates have them. */
export function channel(inputId: string, overrides: Overrides = {}): Properties {
  return defined({
    Name: 'main',
    ChannelClass: 'SINGLE_PIPELINE',
    RoleArn: ROLE,
    Destinations: [{ Id: 'packager', MediaPackageSettings: [{ ChannelGroup: 'live', ChannelName: 'main' }] }],
    InputAttachments: [
      {
        InputId: inputId,
        InputAttachmentName: 'main',
        InputSettings: { SourceEndBehavior: 'LOOP', AudioSelectors: [{ Name: 'default' }] },
      },
    ],
    InputSpecification: { Codec: 'AVC', MaximumBitrate: 'MAX_10_MBPS', Resolution: 'HD' },
    LogLevel: 'WARNING',
    Tags: { stage: 'test' },
    EncoderSettings: encoderSettings(),
    ...overrides,
  });
}

/** A request of the engine. */
export function request(type: string, properties: Properties): ResourceRequest {
  return { stackName: 'live', stackId: 'arn:stack', logicalId: 'Thing', type, properties };
}

/** Waits until something is so, looking every 50 ms. @throws Error that says what was waited for. */
export async function until(what: string, isSo: () => boolean, seconds = 300): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function defined(properties: Overrides): Properties {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}
