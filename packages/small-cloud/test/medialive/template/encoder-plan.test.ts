import { describe, expect, test } from '@jest/globals';
import type { Properties, Value } from '../../../src/contract';
import { channelProperties } from '../../../src/services/medialive/template/channel-properties';
import { encoderPlan } from '../../../src/services/medialive/template/encoder-plan';
import { Settings } from '../../../src/services/medialive/template/settings';
import { channel, encoderSettings } from '../fixture';

const H265 = 'EncoderSettings.VideoDescriptions[0].CodecSettings.H265Settings';
const H264 = 'EncoderSettings.VideoDescriptions[0].CodecSettings.H264Settings';

const HEVC = {
  FramerateNumerator: 30,
  FramerateDenominator: 1,
  ParNumerator: 1,
  ParDenominator: 1,
  GopSize: 1,
  GopSizeUnits: 'SECONDS',
  RateControlMode: 'QVBR',
  QvbrQualityLevel: 8,
  MaxBitrate: 2_700_000,
  BufSize: 2_700_000,
  Tier: 'MAIN',
  Level: 'H265_LEVEL_AUTO',
} as const;

/** B-frames as the service takes them above 1080p. */
const LARGE_HEVC = { GopBReference: 'DISABLED', GopNumBFrames: 2, SubgopLength: 'FIXED' } as const;

describe('the encoder plan', () => {
  test('has one track for each output, in their order, with everything that is honoured', () => {
    expect(planOf(encoderSettings())).toEqual({
      destinationId: 'packager',
      markers: true,
      segmentSeconds: 1,
      loop: false,
      tracks: [
        { ...VIDEO, name: 'video-1280x720', width: 1280, height: 720 },
        { ...VIDEO, name: 'video-640x360', width: 640, height: 360 },
        { kind: 'audio', name: 'audio', bitrate: 96_000, sampleRate: 48_000, channels: 2, language: undefined },
      ],
    });
  });

  test.each([
    [
      'a GOP in seconds of a fractional rate',
      { FramerateNumerator: 30_000, FramerateDenominator: 1001, GopSize: 2 },
      60,
    ],
    ['a GOP in frames', { GopSizeUnits: 'FRAMES', GopSize: 48 }, 48],
    ['a GOP given as text', { GopSize: '2' }, 60],
  ])('counts %s in frames', (_what, h264, frames) => {
    expect(planOf(encoderSettings({ h264 })).tracks[0]).toMatchObject({ gopFrames: frames });
  });

  test.each([
    [
      { RateControlMode: 'CBR', Bitrate: 900_000 },
      { mode: 'bitrate', bitrate: 900_000, maxBitrate: 900_000 },
    ],
    [
      { RateControlMode: 'VBR', Bitrate: 800_000 },
      { mode: 'bitrate', bitrate: 800_000, maxBitrate: 2_700_000 },
    ],
  ])('reads the rate control %j', (h264, rate) => {
    expect(planOf(encoderSettings({ h264 })).tracks[0]).toMatchObject({ rate });
  });

  test('reads HEVC as it reads H.264', () => {
    const settings = channelProperties(withCodec({ H264Settings: null, H265Settings: HEVC })).plan;
    expect(settings.tracks[0]).toEqual({
      ...VIDEO,
      codec: 'hevc',
      name: 'video-1280x720',
      width: 1280,
      height: 720,
    });
  });

  test('takes HEVC above 1080p with the B-frames that the service takes there', () => {
    expect(channelProperties(withLargeHevc({})).plan.tracks[0]).toMatchObject({ codec: 'hevc', height: 1440 });
  });

  test('takes other B-frames in HEVC up to 1080p', () => {
    const given = { GopBReference: 'ENABLED', GopNumBFrames: 3, SubgopLength: 'DYNAMIC' };
    expect(channelProperties(withHevc(given)).plan.tracks[0]).toMatchObject({ codec: 'hevc', height: 720 });
  });

  test('loops when the input end action says so', () => {
    const settings = { GlobalConfiguration: { InputEndAction: 'SWITCH_AND_LOOP_INPUTS' } };
    expect(planOf(encoderSettings({ settings })).loop).toBe(true);
  });
});

describe('the properties of a channel', () => {
  test('are read whole from what the templates have, and name what has no effect', () => {
    const properties = channelProperties(channel('1234567'));
    expect(properties).toMatchObject({
      name: 'main',
      channelClass: 'SINGLE_PIPELINE',
      destination: { channelGroup: 'live', channelName: 'main' },
      input: { id: '1234567', attachmentName: 'main' },
      loop: true,
      tags: { stage: 'test' },
    });
    expect(properties.withoutEffect).toContain(`${H264.replace('[0]', '[]')}.LookAheadRateControl`);
    expect(properties.withoutEffect).toContain('EncoderSettings.GlobalConfiguration.InputLossBehavior');
  });

  test.each<readonly [string, string, Properties]>([
    [
      'a codec',
      'EncoderSettings.VideoDescriptions[0].CodecSettings.Mpeg2Settings',
      withCodec({ Mpeg2Settings: { Bitrate: 1 } }),
    ],
    ['an H.264 setting', `${H264}.FilterSettings`, withH264({ FilterSettings: { Denoise: 'ON' } })],
    ['interlaced pictures', `${H264}.ScanType: "INTERLACED"`, withH264({ ScanType: 'INTERLACED' })],
    [
      'the frame rate of the source',
      `${H264}.FramerateControl`,
      withH264({ FramerateControl: 'INITIALIZE_FROM_SOURCE' }),
    ],
    ['pixels that are not square', `${H264}.ParNumerator`, withH264({ ParNumerator: 4, ParDenominator: 3 })],
    ['open GOPs', `${H264}.GopClosedCadence`, withH264({ GopClosedCadence: 0 })],
    ['a rate control mode', `${H264}.RateControlMode: MULTIPLEX`, withH264({ RateControlMode: 'MULTIPLEX' })],
    [
      'motion graphics',
      'EncoderSettings.MotionGraphicsConfiguration',
      withSettings({ MotionGraphicsConfiguration: { MotionGraphicsInsertion: 'ENABLED' } }),
    ],
    ['a VPC', 'Vpc', channel('1', { Vpc: { SubnetIds: ['subnet-1'] } })],
    [
      'MediaPackage v1 and v2 in one',
      'Destinations[0].MediaPackageSettings[0].ChannelGroup',
      channel('1', { Destinations: [packager({ ChannelGroup: 'live', ChannelName: 'main', ChannelId: 'old' })] }),
    ],
  ])('refuses %s that the local run does not model, by its path', (_what, path, properties) => {
    expect(() => channelProperties(properties)).toThrow(
      expect.objectContaining({ name: 'UnsupportedError', message: expect.stringContaining(path) }),
    );
  });

  test.each<readonly [string, string, Properties]>([
    ['no name', 'Name: a non-empty name is required', channel('1', { Name: undefined })],
    ['a size that is no number', 'VideoDescriptions[0].Width: "wide" was given', withVideo({ Width: 'wide' })],
    ['a missing size', 'VideoDescriptions[0].Width is missing', withVideo({ Width: null })],
    ['an unknown description', 'there is no video description named', withVideo({ Name: 'another' })],
    [
      'an unknown destination',
      'no destination has the id packager',
      channel('1', { Destinations: [{ ...packager({}), Id: 'x' }] }),
    ],
    ['no outputs', 'OutputGroups: none given', withSettings({ OutputGroups: [] })],
    [
      'an unknown audio selector',
      'no audio selector of the input is named default',
      withSelectors([{ Name: 'other' }]),
    ],
    [
      'B-frames as references in HEVC above 1080p',
      `${H265}.GopBReference: ENABLED was given at 2560x1440; HEVC above 1080p needs DISABLED`,
      withLargeHevc({ GopBReference: 'ENABLED' }),
    ],
    [
      'one B-frame in HEVC above 1080p',
      `${H265}.GopNumBFrames: 1 was given at 2560x1440; HEVC above 1080p needs 2`,
      withLargeHevc({ GopNumBFrames: 1 }),
    ],
    [
      'sub-GOPs of any length in HEVC above 1080p',
      `${H265}.SubgopLength: DYNAMIC was given at 2560x1440; HEVC above 1080p needs FIXED`,
      withLargeHevc({ SubgopLength: 'DYNAMIC' }),
    ],
    [
      'too large a buffer in HEVC',
      `${H265}.BufSize: 80000001 was given; a whole number from 100000 to 80000000 is needed`,
      withHevc({ BufSize: 80_000_001 }),
    ],
    ['too small a buffer in HEVC', `${H265}.BufSize: 99999 was given`, withHevc({ BufSize: '99999' })],
    [
      'too large a denominator in HEVC',
      `${H265}.FramerateDenominator: 3004 was given; a whole number from 1 to 3003 is needed`,
      withHevc({ FramerateNumerator: 90_120, FramerateDenominator: 3004 }),
    ],
    [
      'eight B-frames',
      `${H264}.GopNumBFrames: 8 was given; a whole number from 0 to 7 is needed`,
      withH264({ GopNumBFrames: 8 }),
    ],
    [
      'a bitrate that is no whole number',
      `${H264}.MaxBitrate: 2700000.5 was given; a whole number of at least 1000 is needed`,
      withH264({ MaxBitrate: 2_700_000.5 }),
    ],
    [
      'a GOP of half a frame',
      `${H264}.GopSize: 15.5 was given; whole frames, or seconds above 0, are needed`,
      withH264({ GopSize: 15.5, GopSizeUnits: 'FRAMES' }),
    ],
    ['renditions with different GOPs', 'GOPs of 2 s and 1 s', withH264({ GopSize: 2 })],
  ])('refuses %s, as the service would', (_what, sentence, properties) => {
    expect(() => channelProperties(properties)).toThrow(
      expect.objectContaining({ code: 'UnprocessableEntityException', message: expect.stringContaining(sentence) }),
    );
  });
});

const VIDEO = {
  kind: 'video',
  codec: 'h264',
  fit: 'letterbox',
  frameRate: { numerator: 30, denominator: 1 },
  gopFrames: 30,
  profile: 'main',
  level: undefined,
  rate: { mode: 'quality', level: 8, maxBitrate: 2_700_000, bufferBits: 2_700_000 },
} as const;

function planOf(settings: Properties) {
  return encoderPlan(new Settings(settings, 'EncoderSettings'), [{ name: 'default', choice: undefined }]);
}

function withSettings(settings: { readonly [key: string]: Value }): Properties {
  return channel('1', { EncoderSettings: encoderSettings({ settings }) });
}

/** A channel whose first video description is changed, and only that one. */
function withVideo(changes: Properties, codec?: (codec: Properties) => Properties): Properties {
  const [first, ...more] = encoderSettings()['VideoDescriptions'] as readonly Properties[];
  const codecs = first?.['CodecSettings'] as Properties;
  const changed = { ...first, CodecSettings: codec === undefined ? codecs : codec(codecs), ...changes };
  return withSettings({ VideoDescriptions: [changed, ...more] });
}

function withCodec(codec: Properties): Properties {
  return withVideo({}, (codecs) => ({ ...codecs, ...codec }));
}

function withH264(changes: Properties): Properties {
  return withVideo({}, (codecs) => ({ H264Settings: { ...(codecs['H264Settings'] as Properties), ...changes } }));
}

function withHevc(changes: Properties): Properties {
  return withCodec({ H264Settings: null, H265Settings: { ...HEVC, ...changes } });
}

function withLargeHevc(changes: Properties): Properties {
  const size = { Width: 2560, Height: 1440 };
  return withVideo(size, () => ({ H265Settings: { ...HEVC, ...LARGE_HEVC, ...changes } }));
}

function withSelectors(selectors: readonly Properties[]): Properties {
  return channel('1', { InputAttachments: [{ InputId: '1', InputSettings: { AudioSelectors: selectors } }] });
}

function packager(settings: Properties): Properties {
  return { Id: 'packager', MediaPackageSettings: [settings] };
}
