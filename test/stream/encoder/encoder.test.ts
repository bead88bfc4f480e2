import { describe, expect, test } from '@jest/globals';
import { type Ladder, renditionsOf } from '../../../lib/channel/ladder';
import { streamTiming } from '../../../lib/channel/latency';
import { type LiveStreamInput, liveStream } from '../../../lib/channel/live-stream';
import { encoderSettings } from '../../../lib/stream/encoder/encoder-settings';
import { mainChannel, only, resources, stageChannel, synth } from '../synth';

/** An origin that wants every track in an output of its own. */
const INGEST: Parameters<typeof encoderSettings>[1] = {
  outputGroup: ({ renditions, audio }) => ({
    outputGroupSettings: {},
    outputs: [
      ...renditions.map((name) => ({ outputName: name, videoDescriptionName: name, outputSettings: {} })),
      ...audio.map(({ name }) => ({ outputName: name, audioDescriptionNames: [name], outputSettings: {} })),
    ],
  }),
};

function settings(options: Partial<LiveStreamInput['channels'][number]> = {}): ReturnType<typeof encoderSettings> {
  const [channel] = liveStream({ channels: [{ ...mainChannel, ...options }] }).channels;
  if (channel === undefined) throw new Error('no channel');
  return encoderSettings(channel, INGEST);
}

/** The H.264 settings of every rendition. */
function h264(options: Partial<LiveStreamInput['channels'][number]> = {}): readonly Record<string, unknown>[] {
  const { videoDescriptions } = settings(options) as unknown as {
    videoDescriptions: readonly { codecSettings: { h264Settings: Record<string, unknown> } }[];
  };
  return videoDescriptions.map(({ codecSettings }) => codecSettings.h264Settings);
}

describe('the encoder settings', () => {
  test.each<[string, Ladder]>([
    ['a preset', 'hd-1080p'],
    ['a ladder of one’s own', [{ codec: 'h264', rateControl: 'qvbr', width: 640, height: 360, bitrate: 800_000 }]],
  ])('have one encode for each rendition of %s', (_, ladder) => {
    expect(settings({ ladder }).videoDescriptions).toMatchObject(
      renditionsOf(ladder).map(({ width, height, bitrate }) => ({
        width,
        height,
        codecSettings: { h264Settings: { maxBitrate: bitrate } },
      })),
    );
  });

  test('have one audio encode', () => {
    expect(settings().audioDescriptions).toHaveLength(1);
  });

  test('tell the origin the name of every description', () => {
    const made = settings() as unknown as {
      videoDescriptions: readonly { name: string }[];
      audioDescriptions: readonly { name: string }[];
      outputGroups: readonly {
        outputs: readonly { outputName: string; videoDescriptionName?: string; audioDescriptionNames?: string[] }[];
      }[];
    };
    const outputs = made.outputGroups.flatMap((group) => group.outputs);
    expect(outputs.map(({ outputName }) => outputName)).toEqual(
      outputs.map(
        ({ videoDescriptionName, audioDescriptionNames }) => videoDescriptionName ?? audioDescriptionNames?.[0],
      ),
    );
    expect(outputs.map(({ outputName }) => outputName)).toEqual(
      [...made.videoDescriptions, ...made.audioDescriptions].map(({ name }) => name),
    );
  });

  test('always say size, pixel aspect ratio and frame rate, because MediaPackage takes nothing that follows the source', () => {
    for (const rendition of h264({ frameRate: '30000/1001' })) {
      expect(rendition).toMatchObject({
        framerateControl: 'SPECIFIED',
        framerateNumerator: 30_000,
        framerateDenominator: 1001,
        parControl: 'SPECIFIED',
        parNumerator: 1,
        parDenominator: 1,
      });
    }
  });

  test.each(['standard', 'low'] as const)('close every GOP after as many seconds as %s latency says', (latency) => {
    const { gopSeconds } = streamTiming(latency);
    for (const rendition of h264({ latency })) {
      expect(rendition).toMatchObject({ gopSize: gopSeconds, gopSizeUnits: 'SECONDS', gopClosedCadence: 1 });
    }
  });

  test('count a GOP in frames where its seconds hold no whole number of them', () => {
    expect(h264({ frameRate: '30000/1001', latency: 'standard' })[0]).toMatchObject({
      gopSize: 60,
      gopSizeUnits: 'FRAMES',
    });
  });

  test('use CABAC for every rendition', () => {
    expect(new Set(h264({ ladder: 'hd-1080p' }).map(({ entropyEncoding }) => entropyEncoding))).toEqual(
      new Set(['CABAC']),
    );
  });
});

describe('the encoder', () => {
  const template = synth({ channels: [mainChannel, stageChannel] });

  test('has as many pipelines, sources and destinations as the redundancy says', () => {
    expect(resources(template, 'AWS::MediaLive::Channel').map(({ Properties }) => Properties['ChannelClass'])).toEqual([
      'SINGLE_PIPELINE',
      'STANDARD',
    ]);
    const [clip, push] = resources(template, 'AWS::MediaLive::Input');
    expect(clip?.Properties['Sources']).toHaveLength(1);
    expect(push?.Properties['Destinations']).toEqual([
      { StreamName: 'stage/pipeline-0' },
      { StreamName: 'stage/pipeline-1' },
    ]);
  });

  test('keeps two pipelines in step by what they show, and says nothing of it with one', () => {
    const [one, two] = resources(template, 'AWS::MediaLive::Channel').map(
      ({ Properties }) =>
        (Properties['EncoderSettings'] as { GlobalConfiguration: Readonly<Record<string, unknown>> })
          .GlobalConfiguration,
    );
    expect(one).not.toHaveProperty('OutputLockingSettings');
    expect(two).toMatchObject({
      OutputLockingMode: 'PIPELINE_LOCKING',
      OutputLockingSettings: { PipelineLockingSettings: { PipelineLockingMethod: 'VIDEO_ALIGNMENT' } },
    });
  });

  test('writes to the packager channel of its own name', () => {
    const [main, stage] = resources(template, 'AWS::MediaLive::Channel');
    for (const [encoder, name] of [
      [main, 'main'],
      [stage, 'stage'],
    ] as const) {
      expect(encoder?.Properties['Destinations']).toEqual([
        { Id: 'packager', MediaPackageSettings: [{ ChannelGroup: { Ref: 'AWS::StackName' }, ChannelName: name }] },
      ]);
    }
    expect(only(template, 'AWS::MediaPackageV2::ChannelGroup').Properties['ChannelGroupName']).toEqual({
      Ref: 'AWS::StackName',
    });
  });

  test('is created after the packager channel that it writes to, and after the clip that it reads is in place', () => {
    const encoder = resources(template, 'AWS::MediaLive::Channel')[0];
    expect(encoder?.DependsOn).toContainEqual(expect.stringMatching(/^OriginmainChannel/));
    expect(resources(template, 'AWS::MediaLive::Input')[0]?.DependsOn).toContainEqual(
      expect.stringMatching(/^BucketContentTestClip/),
    );
  });

  test('takes RTMP from the named addresses only', () => {
    expect(only(template, 'AWS::MediaLive::InputSecurityGroup').Properties['WhitelistRules']).toEqual([
      { Cidr: '203.0.113.7/32' },
    ]);
  });
});
