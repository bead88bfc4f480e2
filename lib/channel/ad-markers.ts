import { z } from 'zod';
import { field } from './field';

const markers = z.strictObject({
  manifests: field(z.enum(['scte35-enhanced', 'daterange']).default('scte35-enhanced'), {
    what: 'How HLS playlists mark a break: tags such as `EXT-X-CUE-OUT` (`scte35-enhanced`), or `EXT-X-DATERANGE` with the message in it (`daterange`). DASH has the message as an event either way.',
    effect:
      '`daterange` is the tag that RFC 8216 has for it. A bucket gets tags of the first kind only. MediaPackage v2 may then declare up to twice the segment length, because a break cuts a segment short.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-mediapackagev2-originendpoint-sctehls.html',
  }),
  messages: field(z.enum(['splice-insert', 'time-signal']).default('splice-insert'), {
    what: 'Which messages of the input mark a break for MediaLive: splice inserts, or time signals with a segmentation descriptor.',
    effect: 'Ask who sends the contribution; the other kind is not taken for a break in the HLS of a bucket.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-availsettings.html',
  }),
});

/** Whether and how breaks that the input announces (SCTE-35) reach the players' manifests. */
export const adMarkersSchema = z.union([z.literal('none'), markers]).default('none');

/** The ad markers of a channel, as described. */
export type AdMarkers = z.infer<typeof adMarkersSchema>;
