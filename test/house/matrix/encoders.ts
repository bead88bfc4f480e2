import { resources, type Template } from '../../stream/synth';
import { type EncoderProperties, encoderOf } from './encoder-of';
import { expectedOf } from './kinds';
import type { NamedRow } from './stacks';
import { differences, textOf, unhashed } from './texts';

/** Lists names in a MediaLive channel that refer to nothing, parts that no name refers to, and wrong settings. */
export function encoderComplaints(template: Template, row: NamedRow): readonly string[] {
  const encoder = encoderOf(template, row.name);
  const { VideoDescriptions: videos, AudioDescriptions: audios, OutputGroups: groups } = encoder.EncoderSettings;
  const outputs = groups.flatMap(({ Outputs }) => Outputs);
  const names = (things: readonly { readonly Name: string }[]) => things.map(({ Name }) => Name);
  return [
    ...agree(
      'destination',
      encoder.Destinations.map(({ Id }) => Id),
      groups.flatMap(({ OutputGroupSettings }) =>
        Object.values(OutputGroupSettings).map(({ Destination }) => Destination.DestinationRefId),
      ),
    ),
    ...agree(
      'video description',
      names(videos),
      outputs.flatMap((output) => output.VideoDescriptionName ?? []),
    ),
    ...agree(
      'audio description',
      names(audios),
      outputs.flatMap((output) => output.AudioDescriptionNames ?? []),
    ),
    ...agree(
      'audio selector',
      encoder.InputAttachments.flatMap(({ InputSettings }) => names(InputSettings.AudioSelectors)),
      audios.map(({ AudioSelectorName }) => AudioSelectorName),
    ),
    ...differences('rendition', expectedOf('ladder', row.ladder).renditions, names(videos)),
    ...videoComplaints(encoder, row),
    ...inputComplaints(template, encoder, row),
    ...destinationComplaints(template, encoder, row),
  ].map((complaint) => `${row.name}: ${complaint}`);
}

function videoComplaints({ EncoderSettings }: EncoderProperties, { ladder, latency }: NamedRow): readonly string[] {
  const { codec, framesPerSecond } = expectedOf('ladder', ladder);
  const { gop } = expectedOf('latency', latency);
  return EncoderSettings.VideoDescriptions.flatMap(({ Name, CodecSettings }) => {
    const settings = CodecSettings[codec];
    if (settings === undefined) return [`rendition ${Name} has not ${codec}`];
    const rate = settings.FramerateNumerator / settings.FramerateDenominator;
    const seconds = settings.GopSizeUnits === 'SECONDS' ? settings.GopSize : settings.GopSize / rate;
    return differences(
      `rendition ${Name}:`,
      [`${framesPerSecond} frames/s, GOP ${gop} s`],
      [`${rate} frames/s, GOP ${seconds} s`],
    );
  });
}

function inputComplaints(template: Template, encoder: EncoderProperties, row: NamedRow): readonly string[] {
  return [
    ...differences(
      'channel class',
      [row.redundancy === 'two-pipelines' ? 'STANDARD' : 'SINGLE_PIPELINE'],
      [encoder.ChannelClass],
    ),
    ...differences(
      'attached',
      [`${expectedOf('input', row.input).properties.Type} STACK-${row.name}`],
      encoder.InputAttachments.map(({ InputId }) => {
        const { Type, Properties } = template.Resources[InputId.Ref] ?? { Type: 'nothing', Properties: {} };
        return Type === 'AWS::MediaLive::Input'
          ? `${Properties['Type']} ${textOf(Properties['Name'])}`
          : `${Type} ${InputId.Ref}`;
      }),
    ),
  ];
}

function destinationComplaints(
  template: Template,
  { Destinations }: EncoderProperties,
  { name, origin, redundancy }: NamedRow,
): readonly string[] {
  const packagers = [
    ...resources(template, 'AWS::MediaPackageV2::Channel').map(
      ({ Properties }) => `packager ${textOf(Properties['ChannelGroupName'])}/${Properties['ChannelName']}`,
    ),
    ...resources(template, 'AWS::MediaPackage::Channel').map(({ id }) => `packager <${id}>`),
  ];
  const written = Destinations.flatMap(({ Settings = [], MediaPackageSettings = [] }) => [
    ...Settings.map(({ Url }) => textOf(Url)),
    ...MediaPackageSettings.map(({ ChannelId, ChannelGroup, ChannelName }) =>
      ChannelId === undefined ? `packager ${textOf(ChannelGroup)}/${ChannelName}` : `packager ${textOf(ChannelId)}`,
    ),
  ]);
  return [
    ...written
      .filter((one) => one.startsWith('packager ') && !packagers.includes(one))
      .map((one) => `${one} is written to, and does not exist`),
    ...differences(
      'destination',
      expectedOf('origin', origin).written(name, redundancy === 'two-pipelines' ? 2 : 1),
      written.map(unhashed),
    ),
  ];
}

function agree(what: string, there: readonly string[], used: readonly string[]): readonly string[] {
  return [
    ...used.filter((name) => !there.includes(name)).map((name) => `${what} ${name} is used, and does not exist`),
    ...there.filter((name) => !used.includes(name)).map((name) => `${what} ${name} exists, and is not used`),
  ];
}
