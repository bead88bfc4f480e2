import { describe, expect, test } from '@jest/globals';
import { renditionName, renditionsOf } from '../../../lib/channel/ladder';
import { mainChannel, only, resources, stageChannel, synth } from '../synth';

const template = synth({ origin: { kind: 'media-package', ingest: 'cmaf' }, channels: [mainChannel, stageChannel] });
const [main, stage] = resources(template, 'AWS::MediaLive::Channel');

interface Output {
  readonly VideoDescriptionName?: string;
  readonly AudioDescriptionNames?: readonly string[];
  readonly CaptionDescriptionNames?: readonly string[];
  readonly OutputSettings: { readonly CmafIngestOutputSettings: { readonly NameModifier: string } };
}

/** The one output group of an encoder. */
function group(encoder: typeof main) {
  const { OutputGroups } = (encoder?.Properties['EncoderSettings'] ?? {}) as {
    readonly OutputGroups: readonly [{ readonly OutputGroupSettings: object; readonly Outputs: readonly Output[] }];
  };
  return OutputGroups[0];
}

describe('CMAF Ingest', () => {
  test('has a track in each output, in the order of the alphabet from the lowest bitrate to the sound', () => {
    const { Outputs } = group(main);
    expect(Outputs.map((one) => one.VideoDescriptionName ?? one.AudioDescriptionNames?.join())).toEqual([
      ...renditionsOf('hd-720p').map(renditionName),
      'audio',
    ]);
    const names = Outputs.map(({ OutputSettings }) => OutputSettings.CmafIngestOutputSettings.NameModifier);
    expect(names[0]).toMatch(/^track_01_video_\d+x\d+_\d+k$/);
    expect(names.at(-1)).toMatch(/_audio$/);
    expect([...names].sort()).toEqual(names);
    expect(new Set(names).size).toBe(names.length);
  });

  test('has segments of the length that the latency says', () => {
    expect(group(main).OutputGroupSettings).toEqual({
      CmafIngestGroupSettings: {
        Destination: { DestinationRefId: 'packager' },
        NielsenId3Behavior: 'NO_PASSTHROUGH',
        Scte35Type: 'NONE',
        SegmentLength: 2,
        SegmentLengthUnits: 'SECONDS',
      },
    });
  });

  test('carries every sound, the captions, ad markers and timed metadata', () => {
    const film = { kind: 'ts-file' as const, sources: [{ url: 'https://www.example.com/film.ts' }] };
    const rich = synth({
      origin: { kind: 'media-package', ingest: 'cmaf' },
      channels: [
        {
          name: 'main',
          input: film,
          ladder: 'sd-540p',
          timedMetadata: true,
          adMarkers: {},
          audio: [{ language: 'eng' }, { language: 'deu' }],
          captions: [{ language: 'eng' }],
        },
      ],
    });
    const { Outputs, OutputGroupSettings } = group(only(rich, 'AWS::MediaLive::Channel'));
    const others = Outputs.slice(-3);
    expect(others.map((one) => one.AudioDescriptionNames ?? one.CaptionDescriptionNames)).toEqual([
      ['audio-eng'],
      ['audio-deu'],
      ['captions-eng'],
    ]);
    const names = Outputs.map((one) => one.OutputSettings.CmafIngestOutputSettings.NameModifier);
    expect([...names].sort()).toEqual(names);
    expect(names.at(-1)).toMatch(/_captions_eng$/);
    expect(OutputGroupSettings).toMatchObject({
      CmafIngestGroupSettings: { Scte35Type: 'SCTE_35_WITHOUT_SEGMENTATION', Id3Behavior: 'ENABLED' },
    });
  });

  test('goes to an ingest URL of the packager’s channel for each pipeline', () => {
    const [mainChannelId, stageChannelId] = resources(template, 'AWS::MediaPackageV2::Channel').map(({ id }) => id);
    const url = (pipeline: number, id: string | undefined) => ({
      Url: { 'Fn::Select': [pipeline, { 'Fn::GetAtt': [id, 'IngestEndpointUrls'] }] },
    });
    expect(main?.Properties['Destinations']).toEqual([{ Id: 'packager', Settings: [url(0, mainChannelId)] }]);
    expect(stage?.Properties['Destinations']).toEqual([
      { Id: 'packager', Settings: [url(0, stageChannelId), url(1, stageChannelId)] },
    ]);
  });

  test('needs leave to put, and to do nothing else', () => {
    const roles = resources(template, 'AWS::IAM::Role').filter(({ id }) => id.startsWith('Encoder'));
    expect(roles).toHaveLength(2);
    for (const { Properties } of roles) {
      const actions = JSON.stringify(Properties).match(/mediapackagev2:\w+/g);
      expect(actions).toEqual(['mediapackagev2:PutObject']);
    }
  });
});

describe('the switch between pipelines', () => {
  const packager = (origin: object) =>
    only(synth({ origin: { kind: 'media-package', ...origin } }), 'AWS::MediaPackageV2::Channel').Properties;

  test('goes by the score of the media where the description says so, and the score is published', () => {
    expect(packager({ ingest: 'cmaf', inputSwitching: 'media-quality' })).toMatchObject({
      InputType: 'CMAF',
      InputSwitchConfiguration: { MQCSInputSwitching: true },
      OutputHeaderConfiguration: { PublishMQCS: true },
    });
  });

  test('is left to MediaPackage otherwise', () => {
    expect(Object.keys(packager({ ingest: 'cmaf' })).sort()).toEqual(['ChannelGroupName', 'ChannelName', 'InputType']);
  });
});
