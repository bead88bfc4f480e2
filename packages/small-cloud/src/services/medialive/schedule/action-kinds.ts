import type { ActionEffect, MetadataAction } from '../contract/schedule-action';
import { refused } from '../contract/service-error';
import { id3Tags } from './id3-tags';
import { onlyMembers, type Shape, wholeNumber } from './shape';

/** A kind of schedule action: reads its settings. @throws ServiceError for settings that the service refuses. */
type ActionKind = (settings: Shape) => ActionEffect;

/** Largest id of a splice event: 32 bits. */
const MOST_EVENT_ID = 4_294_967_295;
/** Longest duration of a splice insert in ticks of 90 kHz: 33 bits, more than 26 hours. */
const MOST_TICKS = 8_589_934_591;

/**
 * The kinds of actions that the local run models, by the key of their settings in the API.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/schedule-fields-for-splice_insert.html
 * @see https://docs.aws.amazon.com/medialive/latest/ug/schedule-fields-for-return-to-network.html
 * @see https://docs.aws.amazon.com/medialive/latest/ug/schedule-fields-for-id3-userdata.html
 */
export const ACTION_KINDS: Readonly<Record<string, ActionKind>> = {
  inputSwitchSettings: (settings) => {
    onlyMembers(settings, 'inputAttachmentNameReference');
    const { inputAttachmentNameReference: attachmentName } = settings;
    if (typeof attachmentName !== 'string') {
      throw refused('inputSwitchSettings: an inputAttachmentNameReference is needed');
    }
    return { kind: 'input-switch', attachmentName };
  },
  scte35SpliceInsertSettings: (settings) => {
    onlyMembers(settings, 'spliceEventId', 'duration');
    const eventId = wholeNumber(settings, 'spliceEventId', MOST_EVENT_ID);
    const durationTicks =
      settings['duration'] === undefined ? undefined : wholeNumber(settings, 'duration', MOST_TICKS);
    return { kind: 'message', message: { kind: 'splice-out', eventId, durationTicks } };
  },
  scte35ReturnToNetworkSettings: (settings) => {
    onlyMembers(settings, 'spliceEventId');
    const eventId = wholeNumber(settings, 'spliceEventId', MOST_EVENT_ID);
    return { kind: 'message', message: { kind: 'splice-in', eventId } };
  },
  hlsTimedMetadataSettings: (settings) => metadata(settings, 'hlsTimedMetadataSettings'),
  timedMetadataSettings: (settings) => metadata(settings, 'timedMetadataSettings'),
};

function metadata(settings: Shape, by: MetadataAction): ActionEffect {
  onlyMembers(settings, 'id3');
  return { kind: 'message', message: { kind: 'id3', tags: id3Tags(settings['id3'], by) }, by };
}
