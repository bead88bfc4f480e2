import { describe, expect, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { passedOn } from '../../../src/services/medialive/contract/passed-audio';
import { audioTracks } from '../../../src/services/medialive/contract/plan';
import { encoderArguments } from '../../../src/services/medialive/encoder/ffmpeg-arguments';
import { complaintInWords } from '../../../src/services/medialive/encoder/plan-notes';
import { channelProperties } from '../../../src/services/medialive/template/channel-properties';
import { channel, encoderSettings } from '../fixture';

const selectors: readonly Properties[] = [
  {
    Name: 'eng',
    SelectorSettings: { AudioLanguageSelection: { LanguageCode: 'eng', LanguageSelectionPolicy: 'STRICT' } },
  },
  { Name: 'deu', SelectorSettings: { AudioPidSelection: { Pid: 482 } } },
  { Name: 'fra', SelectorSettings: { AudioTrackSelection: { Tracks: [{ Track: 3 }] } } },
];
const description = (Name: string, CodecSettings: object) => ({
  Name,
  AudioSelectorName: Name,
  LanguageCode: Name,
  LanguageCodeControl: 'USE_CONFIGURED',
  StreamName: `In ${Name}`,
  CodecSettings,
});
const aac = { AacSettings: { Bitrate: 96_000, SampleRate: 48_000, CodingMode: 'CODING_MODE_2_0' } };

/** A channel with one video and three audio tracks. */
function plan() {
  const settings = encoderSettings() as {
    VideoDescriptions: readonly { Name: string }[];
    OutputGroups: readonly object[];
  };
  const [video] = settings.VideoDescriptions;
  const output = { MediaPackageOutputSettings: { MediaPackageV2DestinationSettings: {} } };
  const properties = channel('1', {
    InputAttachments: [{ InputId: '1', InputSettings: { AudioSelectors: selectors } }],
    EncoderSettings: encoderSettings({
      settings: {
        VideoDescriptions: [video as never],
        AudioDescriptions: [
          description('eng', aac),
          description('deu', aac),
          description('fra', { PassThroughSettings: {} }),
        ] as never,
        OutputGroups: [
          {
            ...settings.OutputGroups[0],
            Outputs: [
              { OutputName: 'v', VideoDescriptionName: video?.Name, OutputSettings: output },
              ...['eng', 'deu', 'fra'].map((name) => ({
                OutputName: name,
                AudioDescriptionNames: [name],
                OutputSettings: output,
              })),
            ],
          },
        ] as never,
      },
    }),
  });
  return channelProperties(properties).plan;
}

describe('audio to choose from', () => {
  test('are passed on by the ingest, those with a packet id first and without their language', () => {
    expect(passedOn(audioTracks(plan())).tracks.join(' ')).toBe(
      '-map 0:V:0 -map 0:i:482 -metadata:s:a:0 language= -map 0:a?',
    );
    expect(passedOn([{}])).toEqual({ channels: 2, tracks: [] });
    expect(passedOn([{ channels: 2 }, { channels: 6 }])).toEqual({ channels: 6, tracks: [] });
  });

  test('are found by the encoder in what the ingest passes on, and say language and name', () => {
    const run = {
      ingestUrl: 'http://x/',
      session: 's',
      preset: 'superfast',
      hevcAs: 'hevc',
      frameOption: '-fps_mode',
      audio: 'input',
    } as const;
    const words = encoderArguments(plan(), run).join(' ');
    const resample = 'aresample=async=1:min_hard_comp=0.02:first_pts=1024,asplit=1';
    expect(words).toContain(`[0:a:m:language:eng]${resample}[a0];[0:a:0]${resample}[a1];[0:a:3]${resample}[a2]`);
    expect(words).toContain('-metadata:s:a:0 language=deu -metadata:s:a:0 handler_name=In deu');
  });

  test('are silence when the input has none', () => {
    const run = {
      ingestUrl: 'http://x/',
      session: 's',
      preset: 'superfast',
      hevcAs: 'hevc',
      frameOption: '-fps_mode',
      audio: 'silence',
    } as const;
    expect(encoderArguments(plan(), run).join(' ')).toContain('first_pts=1024,asplit=3[a0][a1][a2]');
  });

  test.each([
    [
      "Stream specifier ':a:m:language:fra' in filtergraph description [0:a:m:language:fra]asplit=1[a] matches no streams.",
      'the input has no audio in fra: all are silent in the local run, where MediaLive would mute only that one',
    ],
    [
      "Stream specifier ':a:2' in filtergraph description [0:a:2]asplit=1[a] matches no streams.",
      'the input has no audio stream 3: all are silent in the local run',
    ],
    ['something else', 'something else'],
  ])('are missed in words: %s', (complaint, words) => {
    expect(complaintInWords(complaint)).toBe(words);
  });

  test('are AAC where Dolby would be passed through', () => {
    expect(audioTracks(plan()).map(({ passedThrough, bitrate }) => [passedThrough, bitrate])).toEqual([
      [undefined, 96_000],
      [undefined, 96_000],
      [true, 192_000],
    ]);
  });
});
