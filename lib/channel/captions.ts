import { z } from 'zod';
import { explain, stringThat } from './field';
import { given } from './given';
import type { Ladder } from './ladder';
import { languageCode } from './language';
import { type Partly, type Report, rule } from './rule';

const captions = z.strictObject({
  language: languageCode(),
  name: stringThat((name) => /^[^"\r\n]{1,64}$/.test(name), 'one to 64 characters without quotation marks').optional(),
  channel: z.int().min(1).max(4).default(1),
});

explain(captions.shape, {
  language: {
    what: 'Language of the captions: three letters of ISO 639-2, `eng`, `deu`, `fra`.',
    see: 'https://www.loc.gov/standards/iso639-2/php/code_list.php',
  },
  name: { what: 'Name of the captions in players: `English`. Left out: the language.' },
  channel: {
    what: 'The channel of CEA-608, one of four, that holds them: 1 is CC1, usually the first language, and 3 is CC3, usually the second.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-embeddedsourcesettings.html',
  },
});

const ownChannels = rule<z.infer<typeof captions>[]>((tracks, problem) => {
  const channels = tracks.map((track) => track?.channel);
  for (const [index, channel] of channels.entries()) {
    if (channel === undefined || channels.indexOf(channel) === index) continue;
    problem(
      [index, 'channel'],
      `${given(channel)} is also the channel of other captions; each language has a channel of its own`,
    );
  }
});

/** Captions that the video of the input carries (CEA-608/708) and that players get as WebVTT. */
export const captionsSchema = z
  .union([z.literal('none'), z.array(captions).min(1).max(4).check(ownChannels)])
  .default('none');

/** The captions of a channel, as described. */
export type Captions = z.infer<typeof captionsSchema>;

/** Captions of one language. */
export type CaptionTrack = Extract<Captions, readonly unknown[]>[number];

/** The captions of each language; none for `none`. */
export function captionTracks(captions: Captions): readonly CaptionTrack[] {
  return captions === 'none' ? [] : captions;
}

/** Refuses captions without video. Paths are below the channel. */
export function captionProblems(
  { captions, ladder }: Partly<{ readonly captions: Captions; readonly ladder: Ladder }>,
  problem: Report,
): void {
  if (typeof captions !== 'object' || ladder !== 'audio-only') return;
  problem(['captions'], 'captions were given with the ladder audio-only; captions need video');
}
