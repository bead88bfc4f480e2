import { describe, expect, test } from '@jest/globals';
import { type LiveStreamInput, liveStream } from '../../../lib/channel/live-stream';
import { mainChannel, only, synth } from '../synth';

function outputGroup(origin: LiveStreamInput['origin'], timedMetadata: boolean): string {
  const template = synth({ origin, channels: [{ ...mainChannel, timedMetadata }] });
  const { OutputGroups } = only(template, 'AWS::MediaLive::Channel').Properties['EncoderSettings'] as {
    OutputGroups: unknown;
  };
  return JSON.stringify(OutputGroups);
}

describe('timed ID3', () => {
  test('is passed on to MediaPackage when it is asked for', () => {
    const asked = outputGroup('media-package', true);
    expect(asked).toContain('"Id3Behavior":"ENABLED"');
    expect(asked).toContain('"TimedMetadataPassthrough":"ENABLED"');
    expect(outputGroup('media-package', false)).not.toMatch(/Id3|TimedMetadata/);
  });

  test('is in the segments of every rendition of a bucket when it is asked for', () => {
    expect(outputGroup('s3', true).match(/"TimedMetadataBehavior":"PASSTHROUGH"/g)).toHaveLength(
      outputGroup('s3', true).match(/"VideoDescriptionName"/g)?.length ?? 0,
    );
    expect(outputGroup('s3', false)).not.toContain('TimedMetadata');
  });

  test.each([
    [
      'media-package-v1',
      {},
      'channels[0].timedMetadata: true was given with the origin media-package-v1, which gets timed ID3 always; leave it out',
    ],
    [
      's3',
      { ladder: 'audio-only' },
      'channels[0].timedMetadata: true was given with the ladder audio-only; timed ID3 travels with video',
    ],
  ])('is refused where it cannot be asked for: %s %o', (origin, more, sentence) => {
    const description = { origin, channels: [{ ...mainChannel, ...more, timedMetadata: true }] };
    expect(() => liveStream(description)).toThrow(sentence);
  });
});
