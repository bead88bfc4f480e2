import { z } from 'zod';
import { explain, stringThat } from './field';
import { given, named } from './given';
import { languageCode } from './language';
import { rule } from './rule';

const SELECTORS = 'https://docs.aws.amazon.com/medialive/latest/ug/input-audio-selectors.html';

const from = z.strictObject({
  language: languageCode().optional(),
  track: z.int().min(1).max(64).optional(),
  pid: z.int().min(32).max(8190).optional(),
});

explain(from.shape, {
  language: {
    what: 'The first track of this language. While the input has none, the track is mute.',
    see: SELECTORS,
  },
  track: {
    what: 'The track of this number, counted from 1: of MP4, SRT, CDI and Elemental Link.',
    see: SELECTORS,
  },
  pid: { what: 'The track with this packet id: of a transport stream.', see: SELECTORS },
});

const exactlyOne = rule<z.infer<typeof from>>((_, problem, raw) => {
  const count = Object.values(raw).filter((value) => value !== undefined).length;
  if (count !== 1) problem([], `${count} of language, track and pid were given; exactly one chooses the track`);
});

const track = z.strictObject({
  language: languageCode(),
  name: stringThat((name) => /^[^"\r\n]{1,64}$/.test(name), 'one to 64 characters without quotation marks').optional(),
  codec: z.enum(['aac', 'ac3-passthrough', 'eac3-passthrough']).default('aac'),
  bitrate: z.literal([64_000, 96_000, 128_000, 192_000]).optional(),
  from: from.check(exactlyOne).optional(),
});

explain(track.shape, {
  language: {
    what: 'Language of the track: three letters of ISO 639-2, `eng`, `deu`, `fra`.',
    effect: 'Players name it in their choice of languages.',
    see: 'https://www.loc.gov/standards/iso639-2/php/code_list.php',
  },
  name: {
    what: 'Name of the track in players that show names: `English`, `Commentary`. Left out: the language.',
    effect: 'Tracks of one codec need names that differ.',
  },
  codec: {
    what: 'AAC-LC stereo, or Dolby Digital (AC-3) or Dolby Digital Plus (E-AC-3) as the input brings it.',
    effect:
      'A passed-through track plays only on devices with a decoder for it, so there must be a track of `aac` as well.',
    local: 'The local run encodes AAC in its place.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/outputs-supported-codecs.html',
  },
  bitrate: {
    what: 'Bits per second of `aac`. Left out: 96000.',
    unit: 'bits/s',
    effect: 'Higher sounds better, and is added once to every rendition that a viewer plays.',
  },
  from: {
    what: 'The audio track of the input that it is made of. Left out: the first track of its `language`.',
    see: SELECTORS,
  },
});

/** One of several audio tracks that viewers choose from. */
export const audioTrack = track.check(
  rule(({ codec, bitrate }, problem) => {
    if (bitrate === undefined || codec === undefined || codec === 'aac') return;
    problem(
      ['bitrate'],
      `${given(bitrate)} was given with ${named(codec)}, which stays as the input brings it; leave it out`,
    );
  }),
);
