import { z } from 'zod';
import { field, type Problem, rule, text } from './field';
import { given, named } from './given';
import { languageCode } from './language';

const SELECTORS = 'https://docs.aws.amazon.com/medialive/latest/ug/input-audio-selectors.html';

const bitrates = z.literal([64_000, 96_000, 128_000, 192_000]);

const from = z
  .strictObject({
    language: field(languageCode().optional(), {
      what: 'The first track of this language. While the input has none, the track is mute.',
      see: SELECTORS,
    }),
    track: field(z.int().min(1).max(64).optional(), {
      what: 'The track of this number, counted from 1: of MP4, SRT, CDI and Elemental Link.',
      see: SELECTORS,
    }),
    pid: field(z.int().min(32).max(8190).optional(), {
      what: 'The track with this packet id: of a transport stream.',
      see: SELECTORS,
    }),
  })
  .check(
    rule('object', (given) => {
      const count = Object.values(given).filter((value) => value !== undefined).length;
      return count === 1
        ? []
        : [{ path: [], message: `${count} of language, track and pid were given; exactly one says what is taken` }];
    }),
  );

const track = z
  .strictObject({
    language: field(languageCode(), {
      what: 'Language of the track: three letters of ISO 639-2, `eng`, `deu`, `fra`.',
      effect: 'Players name it in their choice of languages.',
      see: 'https://www.loc.gov/standards/iso639-2/php/code_list.php',
    }),
    name: field(
      text((name) => /^[^"\r\n]{1,64}$/.test(name), 'one to 64 characters without quotation marks').optional(),
      {
        what: 'What players that show names call the track: `English`, `Commentary`. Left out: the language.',
        effect: 'Tracks of one codec need names that differ.',
      },
    ),
    codec: field(z.enum(['aac', 'ac3-passthrough', 'eac3-passthrough']).default('aac'), {
      what: 'AAC-LC stereo, or Dolby Digital (AC-3) or Dolby Digital Plus (E-AC-3) as the input brings it.',
      effect:
        'A passed-through track plays on devices with a decoder for it only, so a track of `aac` must be there too.',
      local: 'The local run encodes AAC in its place.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/outputs-supported-codecs.html',
    }),
    bitrate: field(bitrates.optional(), {
      what: 'Bits per second of `aac`. Left out: 96000.',
      unit: 'bits/s',
      effect: 'Higher sounds better, and is added once to every rendition that a viewer plays.',
    }),
    from: field(from.optional(), {
      what: 'Which sound of the input it is made of. Left out: the first track of its `language`.',
      see: SELECTORS,
    }),
  })
  .check(
    rule('object', ({ codec, bitrate }) =>
      bitrate !== undefined && codec !== undefined && codec !== 'aac'
        ? [
            {
              path: ['bitrate'],
              message: `${given(bitrate)} was given with ${named(codec)}, which stays as the input brings it; leave it out`,
            },
          ]
        : [],
    ),
  );

const single = z.strictObject({
  bitrate: field(bitrates.default(96_000), {
    what: 'AAC-LC stereo at 48 kHz: bits per second.',
    unit: 'bits/s',
    effect: 'Higher sounds better, and is added once to every rendition that a viewer plays.',
  }),
});

/** The sound of a channel: one encode of what the input begins with, or tracks to choose from. */
export const audioSchema = z
  .union([single, z.array(track).min(1).max(10).check(rule('array', trackProblems))])
  .default({ bitrate: 96_000 });

/** The sound of a channel, as described. */
export type Audio = z.infer<typeof audioSchema>;

/** One of several tracks. */
export type AudioTrack = Extract<Audio, readonly unknown[]>[number];

/** The tracks that viewers choose from; none where there is one sound. */
export function audioTracks(audio: Audio): readonly AudioTrack[] {
  return Array.isArray(audio) ? audio : [];
}

/** Bits per second of AAC: of the one sound, or of a track. */
export function aacBitrate(audio: Audio | AudioTrack): number {
  return ('bitrate' in audio ? audio.bitrate : undefined) ?? 96_000;
}

/** Inputs that carry one sound. */
const OF_ONE_SOUND: readonly unknown[] = ['rtmp-push', 'rtmp-push-vpc', 'rtmp-pull'];
/** By what the tracks of other inputs can be told apart; transport streams have languages and packet ids. */
const TOLD_BY: Readonly<Record<string, readonly string[]>> = {
  // It has one sound, of no language.
  'test-clip': ['track'],
  'mp4-file': ['track'],
  'srt-listener': ['language', 'pid', 'track'],
  'srt-caller': ['language', 'pid', 'track'],
  'link-device': ['track'],
  cdi: ['track'],
};
const OF_TRANSPORT_STREAMS = ['language', 'pid'];

/** What is wrong between the input of a channel, its picture and its sound: sentences at paths below the channel. */
export function audioProblems({ audio, input, ladder }: Record<string, unknown>): readonly Problem[] {
  if (!Array.isArray(audio)) return [];
  const kind = named((input as { kind?: unknown } | null | undefined)?.kind);
  if (OF_ONE_SOUND.includes(kind)) {
    const message = `a list of tracks was given with an input of kind ${kind}, which carries one sound; give { bitrate }, or contribute in another way`;
    return [{ path: ['audio'], message }];
  }
  if (ladder === 'audio-only') {
    const message = 'a list of tracks was given with the ladder audio-only, which has one; give { bitrate }';
    return [{ path: ['audio'], message }];
  }
  const toldBy = TOLD_BY[kind] ?? OF_TRANSPORT_STREAMS;
  return audio.flatMap((one: unknown, index): readonly Problem[] => {
    const own = (one as { from?: object } | null)?.from;
    const by = typeof own === 'object' && own !== null ? (Object.keys(own)[0] ?? 'language') : 'language';
    if (toldBy.includes(by)) return [];
    const message = `the track is chosen by its ${by}; in an input of kind ${kind}, tracks are told apart by ${toldBy.join(' or ')}`;
    return [{ path: ['audio', index, 'from'], message }];
  });
}

function trackProblems(tracks: readonly Record<string, unknown>[]): readonly Problem[] {
  const shown = tracks.map(({ name, language, codec }) => `${named(name ?? language)} ${named(codec ?? 'aac')}`);
  const twice = shown.flatMap((text, index): readonly Problem[] =>
    shown.indexOf(text) < index
      ? [
          {
            path: [index, 'name'],
            message: `${given(tracks[index]?.['name'] ?? tracks[index]?.['language'])} is also what another track of this codec is called; tracks need names that differ`,
          },
        ]
      : [],
  );
  const silent = tracks.length > 0 && tracks.every(({ codec }) => codec !== undefined && codec !== 'aac');
  const message =
    'every track is passed through; devices without a Dolby decoder would have no sound: a track of aac is needed';
  return [...twice, ...(silent ? [{ path: [], message }] : [])];
}
