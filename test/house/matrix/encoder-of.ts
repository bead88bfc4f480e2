import { resources, type Template } from '../../stream/synth';
import { textOf } from './texts';

interface Named {
  readonly Name: string;
}

interface Video extends Named {
  readonly CodecSettings: Readonly<
    Record<
      string,
      {
        readonly FramerateNumerator: number;
        readonly FramerateDenominator: number;
        readonly GopSize: number;
        readonly GopSizeUnits: 'SECONDS' | 'FRAMES';
      }
    >
  >;
}

/** The properties of a MediaLive channel, as far as the matrix looks at them. */
export interface EncoderProperties {
  readonly Name: unknown;
  readonly ChannelClass: string;
  readonly InputAttachments: readonly {
    readonly InputId: { readonly Ref: string };
    readonly InputSettings: { readonly AudioSelectors: readonly Named[] };
  }[];
  readonly Destinations: readonly {
    readonly Id: string;
    readonly Settings?: readonly { readonly Url: unknown }[];
    readonly MediaPackageSettings?: readonly {
      readonly ChannelGroup?: unknown;
      readonly ChannelName?: string;
      readonly ChannelId?: { readonly Ref: string };
    }[];
  }[];
  readonly EncoderSettings: {
    readonly VideoDescriptions: readonly Video[];
    readonly AudioDescriptions: readonly (Named & { readonly AudioSelectorName: string })[];
    readonly OutputGroups: readonly {
      readonly OutputGroupSettings: Readonly<
        Record<string, { readonly Destination: { readonly DestinationRefId: string } }>
      >;
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
