import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { AdMarkers } from '../../channel/ad-markers';

/**
 * Chooses the messages that MediaLive treats as an ad break. Flags about regions and the web are left to the readers of
 * the messages.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-availsettings.html
 */
export function availConfiguration(markers: AdMarkers): Pick<CfnChannel.EncoderSettingsProperty, 'availConfiguration'> {
  if (markers === 'none') return {};
  const followed = { noRegionalBlackoutFlag: 'FOLLOW', webDeliveryAllowedFlag: 'FOLLOW' };
  const availSettings =
    markers.messages === 'splice-insert' ? { scte35SpliceInsert: followed } : { scte35TimeSignalApos: followed };
  return { availConfiguration: { availSettings } };
}
