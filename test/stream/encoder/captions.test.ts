import { describe, expect, test } from '@jest/globals';
import { channelProperties } from 'small-cloud/testing';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { mainChannel, only, synth } from '../synth';

const CAPTIONS = [
  { language: 'eng', name: 'English' },
  { language: 'spa', channel: 3 },
];

interface Made {
  readonly InputAttachments: readonly [{ InputSettings: { CaptionSelectors?: unknown } }];
  readonly EncoderSettings: {
    CaptionDescriptions?: unknown;
    OutputGroups: readonly [{ Outputs: readonly { OutputName: string; CaptionDescriptionNames?: unknown }[] }];
  };
}

function made(origin: LiveStreamInput['origin'], captions: 'none' | typeof CAPTIONS = CAPTIONS): Made {
  const template = synth({ origin, channels: [{ ...mainChannel, captions }] });
  return only(template, 'AWS::MediaLive::Channel').Properties as unknown as Made;
}

describe('captions', () => {
  test('are taken from a channel of the picture’s own each, and become WebVTT of their language', () => {
    const { InputAttachments, EncoderSettings } = made('media-package');
    const selector = (Name: string, Source608ChannelNumber: number) => ({
      Name,
      SelectorSettings: {
        EmbeddedSourceSettings: { Convert608To708: 'DISABLED', Scte20Detection: 'OFF', Source608ChannelNumber },
      },
    });
    expect(InputAttachments[0].InputSettings.CaptionSelectors).toEqual([
      selector('captions-eng', 1),
      selector('captions-spa', 3),
    ]);
    const description = (Name: string, LanguageCode: string, LanguageDescription: string) => ({
      Name,
      CaptionSelectorName: Name,
      LanguageCode,
      LanguageDescription,
      DestinationSettings: { WebvttDestinationSettings: { StyleControl: 'PASSTHROUGH' } },
    });
    expect(EncoderSettings.CaptionDescriptions).toEqual([
      description('captions-eng', 'eng', 'English'),
      description('captions-spa', 'spa', 'spa'),
    ]);
  });

  test.each(['media-package', 'media-package-v1', 's3'] as const)('are outputs of their own for %s', (origin) => {
    const [{ Outputs }] = made(origin).EncoderSettings.OutputGroups;
    expect(Outputs.slice(-2)).toMatchObject([
      { OutputName: 'captions-eng', CaptionDescriptionNames: ['captions-eng'] },
      { OutputName: 'captions-spa', CaptionDescriptionNames: ['captions-spa'] },
    ]);
    expect(Outputs.slice(0, -2).every((output) => !('CaptionDescriptionNames' in output))).toBe(true);
  });

  test('leave no trace in a template without them', () => {
    expect(JSON.stringify(made('media-package', 'none'))).not.toContain('Caption');
  });

  test.each(['media-package', 'media-package-v1', 's3'] as const)(
    'of %s are read and left out by the local run',
    (origin) => {
      const literal = JSON.parse(JSON.stringify(made(origin)), (_, value) =>
        value !== null && typeof value === 'object' && ('Ref' in value || 'Fn::GetAtt' in value || 'Fn::Join' in value)
          ? 's3ssl://media/live/main/index'
          : value,
      );
      const { plan } = channelProperties(literal);
      expect(plan.captions).toEqual(['captions-eng', 'captions-spa']);
      expect(plan.tracks.map(({ name }) => name).filter((name) => name.startsWith('captions'))).toEqual([]);
    },
  );
});
