import { z } from 'zod';
import { field, type Problem, rule, text } from './field';
import { given } from './given';
import { languageCode } from './language';

const captions = z.strictObject({
  language: field(languageCode(), {
    what: 'Language of the captions: three letters of ISO 639-2, `eng`, `deu`, `fra`.',
    see: 'https://www.loc.gov/standards/iso639-2/php/code_list.php',
  }),
  name: field(
    text((name) => /^[^"\r\n]{1,64}$/.test(name), 'one to 64 characters without quotation marks').optional(),
    { what: 'What players call the captions: `English`. Left out: the language.' },
  ),
  channel: field(z.int().min(1).max(4).default(1), {
    what: 'Which of the four channels of CEA-608 they are taken from: 1 is CC1, where the first language mostly is, 3 is CC3, where the second mostly is.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-embeddedsourcesettings.html',
  }),
});

/** Captions that the picture carries (CEA-608/708) and that players get as WebVTT. */
export const captionsSchema = z
  .union([z.literal('none'), z.array(captions).min(1).max(4).check(rule('array', channelProblems))])
  .default('none');

/** The captions of a channel, as described. */
export type Captions = z.infer<typeof captionsSchema>;

/** Captions of one language. */
export type CaptionTrack = Extract<Captions, readonly unknown[]>[number];

/** The captions that there are. */
export function captionTracks(captions: Captions): readonly CaptionTrack[] {
  return captions === 'none' ? [] : captions;
}

/** What is wrong between the captions of a channel and its picture: sentences at paths below the channel. */
export function captionProblems({ captions, ladder }: Record<string, unknown>): readonly Problem[] {
  if (!Array.isArray(captions) || ladder !== 'audio-only') return [];
  const message = 'captions were given with the ladder audio-only; they are taken from a picture, and shown on one';
  return [{ path: ['captions'], message }];
}

function channelProblems(tracks: readonly Record<string, unknown>[]): readonly Problem[] {
  const channels = tracks.map(({ channel }) => channel ?? 1);
  return channels.flatMap((channel, index): readonly Problem[] => {
    if (channels.indexOf(channel) === index) return [];
    const message = `${given(channel)} is also the channel of other captions; each language has a channel of its own`;
    return [{ path: [index, 'channel'], message }];
  });
}
