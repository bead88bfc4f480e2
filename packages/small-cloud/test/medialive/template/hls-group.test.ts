import { describe, expect, test } from '@jest/globals';
import type { Properties, Value } from '../../../src/contract';
import { encoderArguments } from '../../../src/services/medialive/encoder/ffmpeg-arguments';
import { multivariantPlaylist } from '../../../src/services/medialive/encoder/multivariant-playlist';
import { channelProperties } from '../../../src/services/medialive/template/channel-properties';
import { channel, encoderSettings } from '../fixture';

const GROUP = {
  Destination: { DestinationRefId: 'bucket' },
  Mode: 'LIVE',
  ProgramDateTime: 'INCLUDE',
  InputLossAction: 'PAUSE_OUTPUT',
  SegmentLength: 2,
  IndexNSegments: 30,
  KeepSegments: 61,
  RedundantManifest: 'DISABLED',
};
const NAMES = {
  NameModifier: '_hd',
  SegmentModifier: '_$dt$',
  HlsSettings: { StandardHlsSettings: { M3u8Settings: {} } },
};
const URL = 's3ssl://media/live/main/index';

function hlsChannel({
  group = {},
  names = {},
  urls = [URL],
  channelClass = 'SINGLE_PIPELINE',
}: {
  readonly group?: { readonly [key: string]: Value };
  readonly names?: { readonly [key: string]: Value };
  readonly urls?: readonly string[];
  readonly channelClass?: string;
} = {}): Properties {
  const settings = encoderSettings({
    sizes: [{ width: 1280, height: 720 }],
    settings: {
      OutputGroups: [
        {
          Name: 'bucket',
          OutputGroupSettings: { HlsGroupSettings: { ...GROUP, ...group } },
          Outputs: [
            {
              OutputName: 'hd',
              VideoDescriptionName: 'video-1280x720',
              AudioDescriptionNames: ['audio'],
              OutputSettings: { HlsOutputSettings: { ...NAMES, ...names } },
            },
          ],
        },
      ],
    },
  });
  return channel('1234567', {
    ChannelClass: channelClass,
    Destinations: [{ Id: 'bucket', Settings: urls.map((Url) => ({ Url })) }],
    EncoderSettings: settings,
  });
}

describe('an HLS output of audio alone', () => {
  const AUDIO = { AudioGroupId: 'audio', AudioTrackType: 'AUDIO_ONLY_VARIANT_STREAM', SegmentType: 'AAC' };
  const made = audioChannel(AUDIO);
  const run = {
    ingestUrl: 'http://127.0.0.1:1/x/index',
    session: 'one',
    preset: 'superfast',
    hevcAs: 'hevc',
    frameOption: '-fps_mode',
  } as const;

  test('is read as the one track, and says what ffmpeg does in place of packed audio', () => {
    expect(made.plan.tracks).toMatchObject([{ kind: 'audio', name: 'audio', bitrate: 96_000 }]);
    expect(made.withoutEffect).toContain(
      'EncoderSettings.OutputGroups[].Outputs[].OutputSettings.HlsOutputSettings.HlsSettings.AudioOnlyHlsSettings.SegmentType',
    );
  });

  test('is put without video, and listed as a variant', () => {
    const words = encoderArguments(made.plan, { ...run, audio: 'input' }).join(' ');
    expect(words).toContain('-map [a0] -c:a aac -b:a 96000');
    expect(words).toContain('-f hls');
    expect(words).not.toContain('c:v');
    expect(multivariantPlaylist(made.plan.hls ?? fail(), 'index')).toContain(
      '#EXT-X-STREAM-INF:BANDWIDTH=105601,CODECS="mp4a.40.2"\nindex_audio.m3u8\n',
    );
  });

  test('reads its input even where that has no audio', () => {
    const words = encoderArguments(made.plan, { ...run, audio: 'silence' }).join(' ');
    expect(words).toContain('-map 0 -c copy -f null -');
  });

  test('is refused as an alternative rendition, by its path', () => {
    expect(() => audioChannel({ ...AUDIO, AudioTrackType: 'ALTERNATE_AUDIO_NOT_AUTO_SELECT' })).toThrow(
      /AudioOnlyHlsSettings.AudioTrackType: ALTERNATE_AUDIO_NOT_AUTO_SELECT is not modelled/,
    );
  });
});

function fail(): never {
  throw new Error('no HLS output group');
}

function audioChannel(audio: { readonly [key: string]: Value }) {
  const made = encoderSettings({
    sizes: [],
    settings: {
      OutputGroups: [
        {
          OutputGroupSettings: { HlsGroupSettings: GROUP },
          Outputs: [
            {
              OutputName: 'audio',
              AudioDescriptionNames: ['audio'],
              OutputSettings: {
                HlsOutputSettings: { NameModifier: '_audio', HlsSettings: { AudioOnlyHlsSettings: audio } },
              },
            },
          ],
        },
      ],
    },
  });
  return channelProperties(
    channel('1234567', { Destinations: [{ Id: 'bucket', Settings: [{ Url: URL }] }], EncoderSettings: made }),
  );
}

describe('an HLS output group', () => {
  const { plan, destination } = channelProperties(hlsChannel());

  test('is read with its windows, its names, and video and audio in one output', () => {
    expect(plan).toMatchObject({
      destinationId: 'bucket',
      segmentSeconds: 2,
      tracks: [{ kind: 'video', name: 'hd' }],
      hls: {
        listed: 30,
        kept: 61,
        outputs: [{ nameModifier: '_hd', segmentModifier: '_$dt$', audio: { bitrate: 96_000 } }],
      },
    });
    expect(destination).toEqual({ kind: 'bucket', places: [{ bucket: 'media', base: 'live/main/index' }] });
  });

  test('is encoded into files that are put, named after their time, listed and removed by the window', () => {
    const run = {
      ingestUrl: 'http://127.0.0.1:1/x/live/main/index',
      session: 'one',
      preset: 'superfast',
      hevcAs: 'hevc',
      frameOption: '-fps_mode',
    } as const;
    const words = encoderArguments(plan, { ...run, audio: 'input' }).join(' ');
    expect(words).toContain('-map [v0] -c:v libx264 ');
    expect(words).toContain('-map [a0] -c:a aac -b:a 96000 ');
    expect(words).toContain('-f hls -method PUT -hls_segment_type mpegts -hls_time 2 -hls_list_size 30 ');
    expect(words).toContain(' -hls_delete_threshold 31 ');
    expect(words).toMatch(/\/live\/main\/index_hd_%Y%m%dT%H%M%S_%%05d\.ts http\S+\/live\/main\/index_hd\.m3u8$/);
    expect(words).not.toContain('-method POST');
  });

  test('has a multivariant playlist that names the media playlists of its outputs', () => {
    if (plan.hls === undefined) throw new Error('no HLS');
    expect(multivariantPlaylist(plan.hls, 'index')).toBe(
      [
        '#EXTM3U',
        '#EXT-X-VERSION:6',
        '#EXT-X-INDEPENDENT-SEGMENTS',
        '#EXT-X-STREAM-INF:BANDWIDTH=3075601,RESOLUTION=1280x720,FRAME-RATE=30.000',
        'index_hd.m3u8',
        '',
      ].join('\n'),
    );
  });

  test('lists what the other pipeline writes as well, after its own, where the template asks for it', () => {
    const { plan: redundant } = channelProperties(hlsChannel({ group: { RedundantManifest: 'ENABLED' } }));
    if (redundant.hls === undefined) throw new Error('no HLS');
    expect(redundant.hls.redundant).toBe(true);
    const lines = multivariantPlaylist(redundant.hls, 'index', 'index-pipeline-1').split('\n');
    expect(lines.filter((line) => line.endsWith('.m3u8'))).toEqual(['index_hd.m3u8', 'index-pipeline-1_hd.m3u8']);
    const [own, other] = lines.filter((line) => line.startsWith('#EXT-X-STREAM-INF'));
    expect(other).toBe(own);
  });

  test('has a place for each pipeline', () => {
    const two = { channelClass: 'STANDARD', urls: [URL, `${URL}-pipeline-1`] };
    expect(channelProperties(hlsChannel(two)).destination).toMatchObject({
      places: [{ base: 'live/main/index' }, { base: 'live/main/index-pipeline-1' }],
    });
  });

  test('pauses when the input is lost, and knows whether the service would go on', () => {
    const goesOn = (group: object) => channelProperties(hlsChannel({ group: group as never })).plan.hls?.goesOn;
    expect([goesOn({}), goesOn({ InputLossAction: 'EMIT_OUTPUT' })]).toEqual([undefined, true]);
  });

  test('lists audio to choose from in one group, the first default first', () => {
    const audio = (name: string, choice: 'default' | 'other') => ({
      video: undefined,
      audio: { kind: 'audio', name, bitrate: 96_000, sampleRate: 48_000, channels: 2, language: name } as const,
      nameModifier: `_${name}`,
      segmentModifier: '',
      choice,
    });
    const outputs = [audio('eng', 'default'), audio('deu', 'other'), audio('fra', 'default')];
    expect(
      multivariantPlaylist({ redundant: false, listed: 3, kept: 7, outputs }, 'index').match(/#EXT-X-MEDIA:.*/g),
    ).toEqual([
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="eng",LANGUAGE="eng",DEFAULT=YES,AUTOSELECT=YES,URI="index_eng.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="deu",LANGUAGE="deu",DEFAULT=NO,AUTOSELECT=YES,URI="index_deu.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="fra",LANGUAGE="fra",DEFAULT=NO,AUTOSELECT=YES,URI="index_fra.m3u8"',
    ]);
  });

  test.each<readonly [string, Parameters<typeof hlsChannel>[0], RegExp]>([
    ['a playlist that keeps everything', { group: { Mode: 'VOD' } }, /HlsGroupSettings\.Mode: VOD is not modelled/],
    ['a setting that it does not know', { group: { CaptionLanguageSetting: 'OMIT' } }, /CaptionLanguageSetting is not/],
    ['a variable name that it does not know', { names: { SegmentModifier: '_$rv$' } }, /variable names/],
    ['a place that is no bucket', { urls: ['https://example.com/live/index'] }, /s3ssl:\/\/BUCKET/],
    ['one place for two pipelines', { channelClass: 'STANDARD' }, /needs 2, one for each pipeline/],
  ])('refuses %s', (_what, given, sentence) => {
    expect(() => channelProperties(hlsChannel(given))).toThrow(sentence);
  });
});
