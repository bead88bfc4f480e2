import { describe, expect, test } from '@jest/globals';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { mainChannel, only, resources, synth } from '../synth';

interface EncoderSettings {
  readonly VideoDescriptions: readonly { CodecSettings: Record<string, Record<string, unknown>> }[];
  readonly GlobalConfiguration: { readonly InputLossBehavior: Record<string, unknown> };
  readonly OutputGroups: readonly { Outputs: readonly Record<string, unknown>[] }[];
}

const of = (channel: Partial<LiveStreamInput['channels'][number]>, rest: Partial<LiveStreamInput> = {}) => {
  const template = synth({ ...rest, channels: [{ ...mainChannel, ...channel }] });
  const { Properties } = only(template, 'AWS::MediaLive::Channel');
  return { template, channel: Properties, settings: Properties['EncoderSettings'] as EncoderSettings };
};

describe('a channel in HEVC', () => {
  const { template, channel, settings } = of({ ladder: 'uhd-2160p' });

  test('encodes every rendition so, closed GOPs at the same instants', () => {
    expect(settings.VideoDescriptions.map(({ CodecSettings }) => Object.keys(CodecSettings))).toEqual(
      Array(6).fill(['H265Settings']),
    );
    for (const { CodecSettings } of settings.VideoDescriptions) {
      expect(CodecSettings['H265Settings']).toMatchObject({
        FramerateNumerator: 30,
        FramerateDenominator: 1,
        GopSize: 2,
        GopSizeUnits: 'SECONDS',
        GopClosedCadence: 1,
        ParNumerator: 1,
        ParDenominator: 1,
        RateControlMode: 'QVBR',
        Tier: 'MAIN',
      });
    }
  });

  test.each(['standard', 'low'] as const)(
    'above 1080p has the B-frames that MediaLive takes there, in all renditions and with %s latency',
    (latency) => {
      for (const { CodecSettings } of of({ ladder: 'uhd-2160p', latency }).settings.VideoDescriptions) {
        expect(CodecSettings['H265Settings']).toMatchObject({
          GopBReference: 'DISABLED',
          GopNumBFrames: 2,
          SubgopLength: 'FIXED',
        });
      }
    },
  );

  test('up to 1080p has more B-frames, where the latency allows them', () => {
    const ladder = [{ codec: 'hevc', width: 1920, height: 1080, bitrate: 5_000_000 } as const];
    expect(of({ ladder }).settings.VideoDescriptions[0]?.CodecSettings['H265Settings']).toMatchObject({
      GopBReference: 'ENABLED',
      GopNumBFrames: 3,
      SubgopLength: 'DYNAMIC',
    });
  });

  test('has a buffer of a GOP, within what MediaLive takes for HEVC', () => {
    const renditions = [
      { codec: 'hevc', width: 640, height: 360, bitrate: 100_000 },
      { codec: 'hevc', width: 1920, height: 1080, bitrate: 20_000_000 },
    ] as const;
    const buffers = (gopSeconds: number) =>
      of({
        ladder: [...renditions],
        latency: { gopSeconds, segmentSeconds: 10, manifestWindowSeconds: 60 },
      }).settings.VideoDescriptions.map(({ CodecSettings }) => CodecSettings['H265Settings']?.['BufSize']);
    expect(buffers(0.5)).toEqual([100_000, 10_000_000]);
    expect(buffers(10)).toEqual([1_000_000, 80_000_000]);
  });

  test('names an input of its size to MediaLive', () => {
    expect(channel['InputSpecification']).toEqual({
      Codec: 'HEVC',
      MaximumBitrate: 'MAX_50_MBPS',
      Resolution: 'UHD',
    });
  });

  test('offers no HLS in MPEG-TS', () => {
    expect(
      resources(template, 'AWS::MediaPackageV2::OriginEndpoint').map(({ Properties }) => Properties['ContainerType']),
    ).toEqual(['CMAF']);
    expect(JSON.stringify(template)).not.toContain('hls-ts');
  });
});

describe('a channel of a preset with motion of its own', () => {
  test.each([
    ['sports', 60],
    ['slides', 15],
  ] as const)('%s encodes every rendition at %i frames per second', (ladder, rate) => {
    const { settings } = of({ ladder });
    for (const { CodecSettings } of settings.VideoDescriptions) {
      expect(CodecSettings['H264Settings']).toMatchObject({ FramerateNumerator: rate, FramerateDenominator: 1 });
    }
  });
});

describe('a rendition of one’s own', () => {
  const { settings } = of({
    frameRate: '60',
    ladder: [
      { width: 640, height: 360, bitrate: 800_000, frameRate: '30', rateControl: 'cbr', bufferSeconds: 3 },
      { width: 1280, height: 720, bitrate: 3_000_000 },
    ],
  });
  const [own, other] = settings.VideoDescriptions.map(({ CodecSettings }) => CodecSettings['H264Settings']);

  test('has its frame rate, its buffer and its constant bitrate', () => {
    expect(own).toMatchObject({
      FramerateNumerator: 30,
      GopSize: 2,
      GopSizeUnits: 'SECONDS',
      BufSize: 2_400_000,
      Bitrate: 800_000,
      RateControlMode: 'CBR',
    });
    expect(own).not.toHaveProperty('MaxBitrate');
    expect(own).not.toHaveProperty('QvbrQualityLevel');
  });

  test('leaves the others as they were', () => {
    expect(other).toMatchObject({
      FramerateNumerator: 60,
      BufSize: 6_000_000,
      MaxBitrate: 3_000_000,
      RateControlMode: 'QVBR',
      QvbrQualityLevel: 7,
    });
  });
});

describe('the upkeep of a channel', () => {
  test('has the maintenance window that the description names, and none of its own', () => {
    expect(of({ maintenance: { day: 'TUESDAY', startHour: 4 } }).channel['Maintenance']).toEqual({
      MaintenanceDay: 'TUESDAY',
      MaintenanceStartTime: '04:00',
    });
    expect(of({}).channel).not.toHaveProperty('Maintenance');
  });

  test('bridges a lost input for as long as the description says', () => {
    const { settings } = of({ inputLoss: { repeatSeconds: 2.5, blackSeconds: 0 } });
    expect(settings.GlobalConfiguration.InputLossBehavior).toMatchObject({
      RepeatFrameMsec: 2500,
      BlackFrameMsec: 0,
    });
  });
});

describe('a channel without a picture', () => {
  test('has one output, of sound, which the multivariant playlist lists as a variant', () => {
    const { settings } = of({ ladder: 'audio-only' }, { origin: 's3' });
    expect(settings.VideoDescriptions).toEqual([]);
    expect(settings.OutputGroups.flatMap(({ Outputs }) => Outputs)).toEqual([
      {
        OutputName: 'audio',
        AudioDescriptionNames: ['audio'],
        OutputSettings: {
          HlsOutputSettings: {
            NameModifier: '_audio',
            SegmentModifier: '_$dt$',
            HlsSettings: {
              AudioOnlyHlsSettings: {
                AudioGroupId: 'audio',
                AudioTrackType: 'AUDIO_ONLY_VARIANT_STREAM',
                SegmentType: 'AAC',
              },
            },
          },
        },
      },
    ]);
  });
});
