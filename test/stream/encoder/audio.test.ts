import { describe, expect, test } from '@jest/globals';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { mainChannel, only, resources, synth, type Template } from '../synth';

type Origin = LiveStreamInput['origin'];
type Settings = Readonly<Record<string, unknown>>;

const TRACKS = [
  { language: 'eng', name: 'English' },
  { language: 'deu', bitrate: 64_000, from: { track: 2 } },
  { language: 'eng', name: 'English, Dolby', codec: 'ac3-passthrough' },
] satisfies NonNullable<LiveStreamInput['channels'][number]['audio']>;

function template(origin: Origin, audio: LiveStreamInput['channels'][number]['audio'] = TRACKS): Template {
  const input = { kind: 'srt-caller' as const, sources: [{ address: '203.0.113.7', port: 9000 }] };
  return synth({ origin, channels: [{ ...mainChannel, input, ladder: 'sd-540p', audio }] });
}

/** Reads the audio settings of the encoder from the template. */
function sound(of: Template) {
  const { InputAttachments, EncoderSettings } = only(of, 'AWS::MediaLive::Channel').Properties as {
    InputAttachments: readonly [{ InputSettings: { AudioSelectors: readonly Settings[] } }];
    EncoderSettings: {
      AudioDescriptions: readonly Settings[];
      OutputGroups: readonly [{ Outputs: readonly { OutputName: string; OutputSettings: Settings }[] }];
    };
  };
  return {
    selectors: InputAttachments[0].InputSettings.AudioSelectors,
    descriptions: EncoderSettings.AudioDescriptions,
    outputs: EncoderSettings.OutputGroups[0].Outputs,
  };
}

describe('several audio tracks', () => {
  const { selectors, descriptions, outputs } = sound(template('media-package'));

  test('are taken from the input by language, number or packet id', () => {
    expect(selectors).toEqual([
      {
        Name: 'audio-eng',
        SelectorSettings: { AudioLanguageSelection: { LanguageCode: 'eng', LanguageSelectionPolicy: 'STRICT' } },
      },
      { Name: 'audio-deu', SelectorSettings: { AudioTrackSelection: { Tracks: [{ Track: 2 }] } } },
      {
        Name: 'audio-eng-2',
        SelectorSettings: { AudioLanguageSelection: { LanguageCode: 'eng', LanguageSelectionPolicy: 'STRICT' } },
      },
    ]);
    const input = { kind: 'ts-file' as const, sources: [{ url: 'https://www.example.com/a.ts' }] };
    const channels = [{ name: 'main', input, audio: [{ language: 'fra', from: { pid: 482 } }] }];
    expect(sound(synth({ channels })).selectors).toEqual([
      { Name: 'audio-fra', SelectorSettings: { AudioPidSelection: { Pid: 482 } } },
    ]);
  });

  test('say their language and what players call them', () => {
    expect(descriptions).toMatchObject([
      { Name: 'audio-eng', LanguageCode: 'eng', LanguageCodeControl: 'USE_CONFIGURED', StreamName: 'English' },
      { Name: 'audio-deu', LanguageCode: 'deu', LanguageCodeControl: 'USE_CONFIGURED', StreamName: 'deu' },
      { Name: 'audio-eng-2', LanguageCode: 'eng', LanguageCodeControl: 'USE_CONFIGURED', StreamName: 'English, Dolby' },
    ]);
  });

  test('are AAC of the given bitrate, or Dolby as the input brings it', () => {
    expect(descriptions.map(({ CodecSettings }) => CodecSettings)).toMatchObject([
      { AacSettings: { Bitrate: 96_000 } },
      { AacSettings: { Bitrate: 64_000 } },
      { PassThroughSettings: {} },
    ]);
  });

  test('are each an output for MediaPackage, in a group of their codec that every rendition names', () => {
    const settings = outputs.map(({ OutputName, OutputSettings }) => [
      OutputName,
      (OutputSettings['MediaPackageOutputSettings'] as Settings)['MediaPackageV2DestinationSettings'],
    ]);
    expect(settings.filter(([name]) => String(name).startsWith('audio'))).toEqual([
      ['audio-eng', { AudioGroupId: 'audio', HlsAutoSelect: 'YES', HlsDefault: 'YES' }],
      ['audio-deu', { AudioGroupId: 'audio', HlsAutoSelect: 'OMIT', HlsDefault: 'NO' }],
      ['audio-eng-2', { AudioGroupId: 'audio-ac3', HlsAutoSelect: 'OMIT', HlsDefault: 'OMIT' }],
    ]);
    expect(settings[0]).toEqual(['video-512x288-400k', { AudioRenditionSets: 'audio,audio-ac3' }]);
  });

  test('are apart from the picture in MPEG-TS too, so that players choose', () => {
    const endpoints = (of: Template) =>
      resources(of, 'AWS::MediaPackageV2::OriginEndpoint').map(({ Properties }) => [
        Properties['OriginEndpointName'],
        (Properties['Segment'] as Settings)['TsUseAudioRenditionGroup'],
      ]);
    expect(endpoints(template('media-package'))).toContainEqual(['ts', true]);
    expect(endpoints(template('media-package', [{ language: 'eng' }]))).toContainEqual(['ts', undefined]);
  });

  test('are rendition groups of the HLS in a bucket', () => {
    const hls = sound(template('s3')).outputs.map(({ OutputName, OutputSettings }) => [
      OutputName,
      (OutputSettings['HlsOutputSettings'] as Settings)['HlsSettings'],
    ]);
    expect(hls[0]).toMatchObject([
      'video-512x288-400k',
      { StandardHlsSettings: { AudioRenditionSets: 'audio,audio-ac3' } },
    ]);
    const alone = (AudioGroupId: string, AudioTrackType: string) => ({
      AudioOnlyHlsSettings: { AudioGroupId, AudioTrackType, SegmentType: 'AAC' },
    });
    expect(hls.slice(-3)).toEqual([
      ['audio-eng', alone('audio', 'ALTERNATE_AUDIO_AUTO_SELECT_DEFAULT')],
      ['audio-deu', alone('audio', 'ALTERNATE_AUDIO_AUTO_SELECT')],
      ['audio-eng-2', alone('audio-ac3', 'ALTERNATE_AUDIO_AUTO_SELECT_DEFAULT')],
    ]);
  });

  test('are outputs of their own for MediaPackage v1, whose HLS puts them into a rendition group', () => {
    const v1 = template('media-package-v1');
    expect(sound(v1).outputs.slice(-4)).toMatchObject([
      { VideoDescriptionName: 'video-960x540-1800k' },
      ...['audio-eng', 'audio-deu', 'audio-eng-2'].map((name) => ({ AudioDescriptionNames: [name] })),
    ]);
    expect(sound(v1).outputs[0]).not.toHaveProperty('AudioDescriptionNames');
    const packages = resources(v1, 'AWS::MediaPackage::OriginEndpoint').flatMap(
      ({ Properties }) => Properties['HlsPackage'] ?? [],
    );
    expect(packages).toMatchObject([{ UseAudioRenditionGroup: true }]);
  });
});
