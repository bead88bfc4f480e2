import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { isDefaultSound, soundGroups } from '../encoder/audio-settings';
import type { EncodedTracks } from './origin';

/**
 * The outputs of CMAF ingest: one for each track, the sounds once for all renditions. The first sound is the default.
 * The API takes one YES among all of them, so the rest is left to MediaPackage.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-mediapackagev2destinationsettings.html
 */
export function trackOutputs({ renditions, audio, captions }: EncodedTracks): CfnChannel.OutputProperty[] {
  return [
    ...renditions.map((rendition) => ({
      outputName: rendition,
      videoDescriptionName: rendition,
      outputSettings: output({ audioRenditionSets: soundGroups(audio).join(',') }),
    })),
    ...audio.map((sound) => ({
      outputName: sound.name,
      audioDescriptionNames: [sound.name],
      outputSettings: output({
        audioGroupId: sound.group,
        ...(sound === audio[0]
          ? { hlsAutoSelect: 'YES', hlsDefault: 'YES' }
          : { hlsAutoSelect: 'OMIT', hlsDefault: isDefaultSound(sound, audio) ? 'OMIT' : 'NO' }),
      }),
    })),
    ...captions.map((name) => ({ outputName: name, captionDescriptionNames: [name], outputSettings: output({}) })),
  ];
}

function output(
  mediaPackageV2DestinationSettings: CfnChannel.MediaPackageV2DestinationSettingsProperty,
): CfnChannel.OutputSettingsProperty {
  return { mediaPackageOutputSettings: { mediaPackageV2DestinationSettings } };
}
