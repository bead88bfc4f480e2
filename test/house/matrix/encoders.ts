import { type Ladder, renditionName, renditionsOf } from '../../../lib/channel/ladder';
import { resources, type Template } from '../../stream/synth';
import { textOf } from './served';

interface Named {
  readonly Name: string;
}

interface EncoderProperties {
  readonly Name: unknown;
  readonly InputAttachments: readonly {
    readonly InputId: { readonly Ref: string };
    readonly InputSettings: { readonly AudioSelectors: readonly Named[] };
  }[];
  readonly Destinations: readonly {
    readonly Id: string;
    readonly MediaPackageSettings?: readonly { readonly ChannelName?: string }[];
  }[];
  readonly EncoderSettings: {
    readonly VideoDescriptions: readonly Named[];
    readonly AudioDescriptions: readonly (Named & { readonly AudioSelectorName: string })[];
    readonly OutputGroups: readonly {
      readonly OutputGroupSettings: Readonly<Record<string, { readonly Destination: { DestinationRefId: string } }>>;
      readonly Outputs: readonly {
        readonly VideoDescriptionName?: string;
        readonly AudioDescriptionNames?: readonly string[];
      }[];
    }[];
  };
}

/** The properties of the MediaLive channel of a channel. */
export function encoderOf(template: Template, channel: string): EncoderProperties {
  const found = resources(template, 'AWS::MediaLive::Channel')
    .map(({ Properties }) => Properties as unknown as EncoderProperties)
    .find(({ Name }) => textOf(Name) === `STACK-${channel}`);
  if (found === undefined) throw new Error(`There is no MediaLive channel for ${channel}`);
  return found;
}

/** What a MediaLive channel names and does not have, or has and does not name; nothing where all agree. */
export function encoderComplaints(template: Template, channel: string, ladder: Ladder): readonly string[] {
  const encoder = encoderOf(template, channel);
  const { VideoDescriptions: videos, AudioDescriptions: audios, OutputGroups: groups } = encoder.EncoderSettings;
  const outputs = groups.flatMap(({ Outputs }) => Outputs);
  const names = (things: readonly Named[]) => things.map(({ Name }) => Name);
  const referred = groups.flatMap(({ OutputGroupSettings }) =>
    Object.values(OutputGroupSettings).map(({ Destination }) => Destination.DestinationRefId),
  );
  const packagers = resources(template, 'AWS::MediaPackageV2::Channel').map(
    ({ Properties }) => Properties['ChannelName'],
  );
  return [
    ...agree(
      'destination',
      encoder.Destinations.map(({ Id }) => Id),
      referred,
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
    ...agree('rendition', renditionsOf(ladder).map(renditionName), names(videos)),
    ...encoder.InputAttachments.filter(
      ({ InputId }) => template.Resources[InputId.Ref]?.Type !== 'AWS::MediaLive::Input',
    ).map(({ InputId }) => `${InputId.Ref} is attached, and is no input`),
    ...encoder.Destinations.flatMap(({ MediaPackageSettings = [] }) =>
      MediaPackageSettings.filter(({ ChannelName }) => !packagers.includes(ChannelName)).map(
        ({ ChannelName }) => `packager ${ChannelName} is written to, and does not exist`,
      ),
    ),
  ].map((complaint) => `${channel}: ${complaint}`);
}

function agree(what: string, there: readonly string[], used: readonly string[]): readonly string[] {
  return [
    ...used.filter((name) => !there.includes(name)).map((name) => `${what} ${name} is used, and does not exist`),
    ...there.filter((name) => !used.includes(name)).map((name) => `${what} ${name} exists, and is not used`),
  ];
}
