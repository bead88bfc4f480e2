import { z } from 'zod';
import { audioTrack } from './audio-track';
import { explain } from './field';
import { given, named } from './given';
import { factsOf, type Input } from './input';
import type { Ladder } from './ladder';
import { type Partly, type Report, rule } from './rule';

const single = z.strictObject({ bitrate: z.literal([64_000, 96_000, 128_000, 192_000]).default(96_000) });

explain(single.shape, {
  bitrate: {
    what: 'AAC-LC stereo at 48 kHz: bits per second.',
    unit: 'bits/s',
    effect: 'Higher sounds better, and is added once to every rendition that a viewer plays.',
  },
});

/** The audio of a channel: one encode of the first track of the input, or tracks that viewers choose from. */
export const audioSchema = z
  .union([single, z.array(audioTrack).min(1).max(10).check(rule(trackProblems))])
  .default({ bitrate: 96_000 });

/** The audio of a channel, as described. */
export type Audio = z.infer<typeof audioSchema>;

/** One of several tracks. */
export type AudioTrack = z.infer<typeof audioTrack>;

/** The tracks that viewers choose from; none where there is a single encode. */
export function audioTracks(audio: Audio): readonly AudioTrack[] {
  return Array.isArray(audio) ? audio : [];
}

/** Bits per second of AAC, of the single encode or of a track. */
export function aacBitrate(audio: Audio | AudioTrack): number {
  return ('bitrate' in audio ? audio.bitrate : undefined) ?? 96_000;
}

/** The parts of a channel that its audio must fit. */
interface Fitted {
  readonly audio: Audio;
  readonly input: Input;
  readonly ladder: Ladder;
}

/** Checks the audio of a channel against its input and its ladder. Paths are below the channel. */
export function audioProblems({ audio, input, ladder }: Partly<Fitted>, problem: Report): void {
  if (audio === undefined || !isTracks(audio)) return;
  const choices = factsOf(input)?.audio;
  if (choices === 'one-track') {
    problem(
      ['audio'],
      `a list of tracks was given with an input of kind ${input?.kind}, which carries one audio track; give { bitrate }, or use another kind of input`,
    );
    return;
  }
  if (ladder === 'audio-only') {
    problem(['audio'], 'a list of tracks was given with the ladder audio-only, which has one track; give { bitrate }');
    return;
  }
  if (choices === undefined) return;
  for (const [index, track] of audio.entries()) {
    const [by = 'language'] = Object.keys(track?.from ?? {});
    if (choices.some((choice) => choice === by)) continue;
    problem(
      ['audio', index, 'from'],
      `the track is chosen by its ${by}; in an input of kind ${input?.kind}, tracks are told apart by ${choices.join(' or ')}`,
    );
  }
}

function isTracks(audio: Partly<Audio>): audio is Partly<AudioTrack[]> {
  return Array.isArray(audio);
}

/** Checks that tracks of one codec have names that differ, and that one of them plays everywhere. */
function trackProblems(tracks: Partly<AudioTrack[]>, problem: Report): void {
  const shown = tracks.map((track) => `${named(track?.name ?? track?.language)} ${named(track?.codec)}`);
  for (const [index, track] of tracks.entries()) {
    const name = track?.name ?? track?.language;
    if (name === undefined || shown.indexOf(shown[index] ?? '') === index) continue;
    problem(
      [index, 'name'],
      `${given(name)} is also what another track of this codec is called; tracks need names that differ`,
    );
  }
  if (tracks.length > 0 && tracks.every((track) => track?.codec !== undefined && track.codec !== 'aac')) {
    problem(
      [],
      'every track is passed through; devices without a Dolby decoder would play no audio: a track of aac is needed',
    );
  }
}
