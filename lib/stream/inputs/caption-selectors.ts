import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { type Captions, captionTracks } from '../../channel/captions';

/**
 * Returns the selectors of the captions that are embedded in the video; none where the channel has no captions.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-embeddedsourcesettings.html
 */
export function captionSelectors(captions: Captions): Pick<CfnChannel.InputSettingsProperty, 'captionSelectors'> {
  const tracks = captionTracks(captions);
  if (tracks.length === 0) return {};
  return {
    captionSelectors: captionNames(captions).map((name, index) => ({
      name,
      selectorSettings: {
        embeddedSourceSettings: {
          convert608To708: 'DISABLED',
          scte20Detection: 'OFF',
          source608ChannelNumber: tracks[index]?.channel ?? 1,
        },
      },
    })),
  };
}

/** Returns the names of the captions: `captions-eng`; two of one language are told apart by their channel. */
export function captionNames(captions: Captions): readonly string[] {
  const tracks = captionTracks(captions);
  return tracks.map(({ language, channel }) => {
    const alike = tracks.filter((track) => track.language === language);
    return `captions-${language}${alike.length > 1 ? `-${channel}` : ''}`;
  });
}
