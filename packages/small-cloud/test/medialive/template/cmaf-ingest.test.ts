import { describe, expect, test } from '@jest/globals';
import type { PackagerIngest, Properties } from '../../../src/contract';
import { taker } from '../../../src/services/medialive/control/channel-checks';
import { channelProperties } from '../../../src/services/medialive/template/channel-properties';
import { channel, encoderSettings } from '../fixture';

const URL_OF = (input: number, name = 'main') =>
  `https://abc-${input}.ingest.def.mediapackagev2.eu-west-1.amazonaws.com/in/v1/live/${input}/${name}/`;
const output = (NameModifier: string, description: Properties): Properties => ({
  OutputName: NameModifier.replaceAll('_', '-'),
  ...description,
  OutputSettings: { CmafIngestOutputSettings: { NameModifier } },
});
const OUTPUTS = [
  output('track_01_low', { VideoDescriptionName: 'video-640x360' }),
  output('track_02_high', { VideoDescriptionName: 'video-1280x720' }),
  output('track_03_audio', { AudioDescriptionNames: ['audio'] }),
];

function read(urls: readonly string[], group: Properties = {}, outputs: readonly Properties[] = OUTPUTS) {
  return channelProperties(
    channel('1234567', {
      ChannelClass: urls.length === 2 ? 'STANDARD' : 'SINGLE_PIPELINE',
      Destinations: [{ Id: 'packager', Settings: urls.map((Url) => ({ Url })) }],
      EncoderSettings: encoderSettings({
        settings: {
          OutputGroups: [
            {
              OutputGroupSettings: {
                CmafIngestGroupSettings: {
                  Destination: { DestinationRefId: 'packager' },
                  SegmentLength: 500,
                  SegmentLengthUnits: 'MILLISECONDS',
                  NielsenId3Behavior: 'NO_PASSTHROUGH',
                  Scte35Type: 'NONE',
                  ...group,
                },
              },
              Outputs: [...outputs],
            },
          ],
        },
      }),
    }),
  );
}

describe('a CMAF Ingest output group', () => {
  test('is read as a track for each output, by the name that is appended to the URL', () => {
    const { plan } = read([URL_OF(1)]);
    expect(plan).toMatchObject({ destinationId: 'packager', segmentSeconds: 0.5 });
    expect(plan.tracks.map(({ kind, name }) => [kind, name])).toEqual([
      ['video', 'track_01_low'],
      ['video', 'track_02_high'],
      ['audio', 'track_03_audio'],
    ]);
  });

  test('goes to the channel of its URLs, which the role must be allowed to put to and nothing else', () => {
    const packager: PackagerIngest = {
      ingest: (group, name) =>
        group === 'live' && name === 'main' ? { arn: 'arn:v2', urls: ['http://one/', 'http://two/'] } : undefined,
      insert: () => {},
    };
    const unasked = {
      bucket: () => {
        throw new Error('no bucket in this test');
      },
    };
    const takers = { packager, buckets: unasked, containers: unasked };
    expect(taker(takers, read([URL_OF(1), URL_OF(2)]).destination)).toEqual({
      urls: ['http://one/', 'http://two/'],
      needs: [{ action: 'mediapackagev2:PutObject', resource: 'arn:v2' }],
    });
    expect(() => taker(takers, read([URL_OF(1, 'other')]).destination)).toThrow(
      'there is no MediaPackage v2 channel other',
    );
  });

  test.each<[string, () => unknown, string]>([
    ['a URL of something else', () => read(['https://example.com/live/']), 'for CMAF Ingest it knows'],
    ['two channels', () => read([URL_OF(1), URL_OF(2, 'other')]), 'another channel for each pipeline'],
    ['no URL', () => read([]), 'a channel of class SINGLE_PIPELINE needs 1'],
    ['what nobody reads', () => read([URL_OF(1)], { SendDelayMs: 100 }), 'SendDelayMs'],
    [
      'one name for two tracks',
      () =>
        read(
          [URL_OF(1)],
          {},
          OUTPUTS.map((one) => ({ ...one, OutputSettings: OUTPUTS[0]?.['OutputSettings'] ?? {} })),
        ),
      'two have the NameModifier track_01_low',
    ],
  ])('refuses %s', (_, act, sentence) => {
    expect(act).toThrow(sentence);
  });
});
