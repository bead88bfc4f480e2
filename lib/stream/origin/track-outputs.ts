import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import { audioGroups, isDefaultAudio } from './audio-groups';
import type { EncodedAudio, EncodedTracks } from './origin';

/**
 * Returns the outputs of the MediaPackage output group: one for each track, the audio once for all renditions. The first
 * audio is the default. The API accepts only one YES among all of them, so the rest is left to MediaPackage.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-mediapackagev2destinationsettings.html
 */
export function trackOutputs({ renditions, audio, captions }: EncodedTracks): CfnChannel.OutputProperty[] {
  return [
    ...renditions.map((rendition) => ({
      outputName: rendition,
      videoDescriptionName: rendition,
      outputSettings: output({ audioRenditionSets: audioGroups(audio).join(',') }),
    })),
    ...audio.map((one) => ({
      outputName: one.name,
      audioDescriptionNames: [one.name],
      outputSettings: output({ audioGroupId: one.group, ...defaults(one, audio) }),
    })),
    ...captions.map((name) => ({ outputName: name, captionDescriptionNames: [name], outputSettings: output({}) })),
  ];
}

function defaults(one: EncodedAudio, audio: readonly EncodedAudio[]) {
  if (one === audio[0]) return { hlsAutoSelect: 'YES', hlsDefault: 'YES' };
  return { hlsAutoSelect: 'OMIT', hlsDefault: isDefaultAudio(one, audio) ? 'OMIT' : 'NO' };
}

function output(
  mediaPackageV2DestinationSettings: CfnChannel.MediaPackageV2DestinationSettingsProperty,
): CfnChannel.OutputSettingsProperty {
  return { mediaPackageOutputSettings: { mediaPackageV2DestinationSettings } };
}
