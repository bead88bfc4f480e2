import { resources, type Template } from '../../stream/synth';
import { encoderOf } from './encoder-of';
import { expectedOf } from './kinds';
import type { NamedRow } from './stacks';

type Settings = Readonly<Record<string, unknown>>;

/** Segments of another length than the latency says, wherever viewers' segments are cut. */
export function segmentComplaints(template: Template, { name, latency }: NamedRow): readonly string[] {
  const { segment } = expectedOf('latency', latency);
  const found = cut(template, name);
  return [
    ...(found.length === 0 ? [`${name}: nothing says how long a segment is`] : []),
    ...found
      .filter((seconds) => seconds !== segment)
      .map((seconds) => `${name}: segments of ${seconds} s, not ${segment}`),
  ];
}

function cut(template: Template, channel: string): readonly unknown[] {
  const packaged = resources(template, 'AWS::MediaPackageV2::OriginEndpoint')
    .filter(({ Properties }) => Properties['ChannelName'] === channel)
    .map(({ Properties }) => (Properties['Segment'] as Settings)['SegmentDurationSeconds']);
  const byV1 = resources(template, 'AWS::MediaPackage::OriginEndpoint')
    .filter(({ id }) => new RegExp(`^Origin${channel}[A-Z]`).test(id))
    .flatMap(({ Properties }) => Object.entries(Properties).filter(([member]) => member.endsWith('Package')))
    .map(([, settings]) => (settings as Settings)['SegmentDurationSeconds']);
  const written = encoderOf(template, channel)
    .EncoderSettings.OutputGroups.flatMap(({ OutputGroupSettings }) => OutputGroupSettings['HlsGroupSettings'] ?? [])
    .map((settings) => (settings as Settings)['SegmentLength']);
  return [...packaged, ...byV1, ...written];
}
