import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { type Captions, captionTracks } from '../../channel/captions';
import { captionNames } from '../inputs/caption-selectors';

/** Returns the encodes of the captions: WebVTT, placed where the captions of the input are. */
export function captionDescriptions(
  captions: Captions,
): Pick<CfnChannel.EncoderSettingsProperty, 'captionDescriptions'> {
  const tracks = captionTracks(captions);
  if (tracks.length === 0) return {};
  return {
    captionDescriptions: captionNames(captions).map((name, index) => ({
      name,
      captionSelectorName: name,
      languageCode: tracks[index]?.language,
      languageDescription: tracks[index]?.name ?? tracks[index]?.language,
      destinationSettings: { webvttDestinationSettings: { styleControl: 'PASSTHROUGH' } },
    })),
  };
}
