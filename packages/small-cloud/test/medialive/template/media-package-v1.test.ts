import { describe, expect, test } from '@jest/globals';
import type { PackagerIngest } from '../../../src/contract';
import { taker } from '../../../src/services/medialive/control/channel-checks';
import { channelProperties } from '../../../src/services/medialive/template/channel-properties';
import { channel, encoderSettings } from '../fixture';

const output = (size: string) => ({
  OutputName: size,
  VideoDescriptionName: `video-${size}`,
  AudioDescriptionNames: ['audio'],
  OutputSettings: { MediaPackageOutputSettings: {} },
});
const settings = encoderSettings({
  settings: {
    OutputGroups: [
      {
        OutputGroupSettings: { MediaPackageGroupSettings: { Destination: { DestinationRefId: 'packager' } } },
        Outputs: [output('1280x720'), output('640x360')],
      },
    ],
  },
});
const { plan, destination } = channelProperties(
  channel('1234567', {
    Destinations: [{ Id: 'packager', MediaPackageSettings: [{ ChannelId: 'live-main' }] }],
    EncoderSettings: settings,
  }),
);

describe('an output group to MediaPackage v1', () => {
  test('is read as a track for each video, and once the audio that all outputs have', () => {
    expect(plan).toMatchObject({ destinationId: 'packager', segmentSeconds: 1 });
    expect(plan.tracks.map(({ kind, name }) => [kind, name])).toEqual([
      ['video', '1280x720'],
      ['video', '640x360'],
      ['audio', 'audio'],
    ]);
  });

  test('goes to a channel in no group, which the role must be allowed to describe', () => {
    const packager: PackagerIngest = {
      ingest: (group, name) =>
        group === undefined && name === 'live-main'
          ? { arn: 'arn:v1', urls: ['http://one/', 'http://two/'] }
          : undefined,
      insert: () => {},
    };
    const buckets = {
      bucket: () => {
        throw new Error('no bucket in this test');
      },
    };
    expect(taker({ packager, buckets, containers: buckets }, destination)).toEqual({
      urls: ['http://one/', 'http://two/'],
      needs: [{ action: 'mediapackage:DescribeChannel', resource: 'arn:v1' }],
    });
    const nowhere = { kind: 'packager', channelGroup: undefined, channelName: 'other' } as const;
    expect(() => taker({ packager, buckets, containers: buckets }, nowhere)).toThrow(
      'there is no MediaPackage v1 channel other',
    );
  });
});
