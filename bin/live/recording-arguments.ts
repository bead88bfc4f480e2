import { wrong } from './option-values';

/** A request about recordings. Times are words, for {@link timeOf}. */
export type RecordingRequest =
  | { readonly action: 'list'; readonly channel: string | undefined }
  | { readonly action: 'remove'; readonly id: string; readonly channel: string }
  | {
      readonly action: 'clip';
      readonly channel: string;
      readonly from: string;
      readonly to: string;
      readonly title: string | undefined;
      readonly mp4: boolean;
    };

/** The options of `clip`, as Node.js reads them. */
export const CLIP_OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  title: { type: 'string' },
  mp4: { type: 'boolean' },
} as const;

/** The options of `clip`. */
export interface ClipOptions {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly title?: string | undefined;
  readonly mp4?: boolean | undefined;
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const TIMES = 'a time such as 2026-11-28T19:00:00Z, -10m or now is needed';
/** A full date and time with its offset: without one, it would depend on where it is typed. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads the words after `clip` or `recordings`.
 *
 * @throws LiveFailure with exit code 1 for words that it does not understand.
 */
export function recordingRequest(
  command: 'clip' | 'recordings',
  words: readonly string[],
  options: ClipOptions,
): RecordingRequest {
  return command === 'clip' ? clip(words, options) : recordings(words);
}

function clip(
  [channel, ...rest]: readonly string[],
  { from, to = 'now', title, mp4 = false }: ClipOptions,
): RecordingRequest {
  if (channel === undefined || rest.length > 0) throw wrong('clip takes the name of one channel.');
  if (from === undefined) throw wrong(`clip was given no --from; ${TIMES}.`);
  for (const [option, text] of Object.entries({ from, to })) {
    if (timeOf(text, 0) === undefined) throw wrong(`--${option} ${text} was given; ${TIMES}.`);
  }
  return { action: 'clip', channel, from, to, title, mp4 };
}

function recordings([first, which, ...rest]: readonly string[]): RecordingRequest {
  if (first !== 'remove') {
    if (which !== undefined) throw wrong('recordings takes the name of one channel, or remove and a recording.');
    return { action: 'list', channel: first };
  }
  const [channel = '', id = '', ...more] = (which ?? '').split('/');
  if (channel === '' || id === '' || more.length > 0 || rest.length > 0) {
    throw wrong('recordings remove takes one recording as recordings lists it, such as main/20261128T190000Z.');
  }
  return { action: 'remove', channel, id };
}

/**
 * Reads a time: ISO 8601 with its offset, `now`, or so long ago: `-90s`, `-10m`, `-2h`.
 *
 * @param now - in milliseconds since 1970.
 * @returns milliseconds since 1970; undefined for any other text.
 */
export function timeOf(text: string, now: number): number | undefined {
  if (text === 'now') return now;
  const [, count = '', unit = ''] = /^-(\d{1,5})([smhd])$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (factor !== undefined) return now - Number(count) * factor;
  const time = ISO.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** Joins times ago to their options, because a word that begins with a hyphen would be read as an option. */
export function withTimesAgo(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const next = words[index + 1] ?? '';
    if (/^--(from|to)$/.test(word) && /^-\d/.test(next)) return [`${word}=${next}`];
    return /^-\d/.test(word) && /^--(from|to)$/.test(words[index - 1] ?? '') ? [] : [word];
  });
}
