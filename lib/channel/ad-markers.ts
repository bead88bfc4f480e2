import { z } from 'zod';
import { explain } from './field';

const markers = z.strictObject({
  manifests: z.enum(['scte35-enhanced', 'daterange']).default('scte35-enhanced'),
  messages: z.enum(['splice-insert', 'time-signal']).default('splice-insert'),
});

explain(markers.shape, {
  manifests: {
    what: 'How HLS playlists mark a break: with tags such as `EXT-X-CUE-OUT` (`scte35-enhanced`), or with `EXT-X-DATERANGE` tags that carry the message (`daterange`). DASH carries the message as an event either way.',
    effect:
      '`daterange` is the tag that RFC 8216 defines. A bucket gets tags of the first kind only. MediaPackage v2 may then declare up to twice the segment length, because a break cuts a segment short.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-mediapackagev2-originendpoint-sctehls.html',
  },
  messages: {
    what: 'Which messages of the input mark a break for MediaLive: splice inserts, or time signals with a segmentation descriptor.',
    effect: 'Ask the sender of the contribution. In the HLS of a bucket, messages of the other kind mark no break.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-availsettings.html',
  },
});

/** How breaks that the input announces (SCTE-35) reach the manifests, if they do. */
export const adMarkersSchema = z.union([z.literal('none'), markers]).default('none');

/** The ad markers of a channel, as described. */
export type AdMarkers = z.infer<typeof adMarkersSchema>;
