import { describe, expect, test } from '@jest/globals';
import { type LiveStreamInput, liveStream } from '../../../lib/channel/live-stream';
import { grants, inline } from '../grants';
import { mainChannel, only, synth, type Template } from '../synth';

type InputLoss = LiveStreamInput['channels'][number]['inputLoss'];

const stored = (afterwards: NonNullable<InputLoss>['afterwards']): Template =>
  synth({ origin: 's3', channels: [{ ...mainChannel, inputLoss: { afterwards } }] });

function behaviour(template: Template) {
  const { GlobalConfiguration, OutputGroups } = only(template, 'AWS::MediaLive::Channel').Properties[
    'EncoderSettings'
  ] as {
    GlobalConfiguration: { InputLossBehavior: object };
    OutputGroups: readonly [{ OutputGroupSettings: { HlsGroupSettings: { InputLossAction: string } } }];
  };
  return {
    action: OutputGroups[0].OutputGroupSettings.HlsGroupSettings.InputLossAction,
    ...GlobalConfiguration.InputLossBehavior,
  };
}

const reads = (template: Template) =>
  grants(inline(template, /^Encodermain/)).filter((grant) => /slate|parameter/.test(grant));

describe('after an input loss', () => {
  test('a stream in a bucket pauses where nothing else is said', () => {
    expect(behaviour(stored('pause'))).toMatchObject({ action: 'PAUSE_OUTPUT', InputLossImageColor: '000000' });
  });

  test('it goes on with a colour', () => {
    expect(behaviour(stored({ colour: '1a1a40' }))).toMatchObject({
      action: 'EMIT_OUTPUT',
      InputLossImageType: 'COLOR',
      InputLossImageColor: '1A1A40',
    });
  });

  test('it goes on with a slate from a bucket, which the encoder may read', () => {
    const template = stored({ slate: { url: 's3ssl://pictures/slate.png' } });
    expect(behaviour(template)).toMatchObject({
      action: 'EMIT_OUTPUT',
      InputLossImageType: 'SLATE',
      InputLossImageSlate: { Uri: 's3ssl://pictures/slate.png' },
    });
    expect(reads(template)).toEqual(['s3:GetObject arn:<AWS::Partition>:s3:::pictures/slate.png']);
  });

  test('it goes on with a slate from a server that asks for a password', () => {
    const template = stored({
      slate: { url: 'https://www.example.com/a.bmp', username: 'me', passwordParameter: '/live/slate' },
    });
    expect(behaviour(template)).toMatchObject({
      InputLossImageSlate: { Uri: 'https://www.example.com/a.bmp', Username: 'me', PasswordParam: '/live/slate' },
    });
    expect(reads(template)).toHaveLength(2);
  });

  test.each([
    [
      'media-package',
      { colour: '1A1A40' },
      'channels[0].inputLoss.afterwards: a stream that goes on was described with the origin media-package, whose output group always pauses when the input is lost; leave it out, or choose the origin s3',
    ],
    ['s3', {}, 'channels[0].inputLoss.afterwards: 0 of colour and slate were given; exactly one is what viewers see'],
    [
      's3',
      { colour: 'blue' },
      'channels[0].inputLoss.afterwards.colour: "blue" was given; a colour of six hexadecimal digits such as 1A1A40 is needed',
    ],
    [
      's3',
      { slate: { url: 'https://www.example.com/a.jpg' } },
      'channels[0].inputLoss.afterwards.slate.url: MediaLive takes a slate as a PNG or BMP file; the path of the URL must end in .png or .bmp',
    ],
    [
      's3',
      { slate: { url: 'https://www.example.com/a.jpg?as=.png' } },
      'channels[0].inputLoss.afterwards.slate.url: MediaLive takes a slate as a PNG or BMP file; the path of the URL must end in .png or .bmp',
    ],
  ])('refuses for %s: %o', (origin, afterwards, sentence) => {
    expect(() => liveStream({ origin, channels: [{ ...mainChannel, inputLoss: { afterwards } }] })).toThrow(sentence);
  });
});
