import { numberWithin, wrong } from './option-values';
import { timeOf } from './recording-arguments';

/** A request about ads. Times are words, for {@link timeOf}. */
export type AdRequest =
  | {
      readonly action: 'break';
      readonly channel: string;
      readonly seconds: number;
      readonly inSeconds: number | undefined;
    }
  | { readonly action: 'list' }
  | { readonly action: 'remove'; readonly id: string }
  | {
      readonly action: 'add';
      readonly file: string;
      readonly name: string;
      readonly weight: number;
      readonly from: string | undefined;
      readonly to: string | undefined;
      readonly channels: readonly string[] | undefined;
    };

/** The options of `ad-break` and `ads` that no other command has. */
export const AD_OPTIONS = {
  seconds: { type: 'string' },
  in: { type: 'string' },
  name: { type: 'string' },
  weight: { type: 'string' },
  only: { type: 'string', multiple: true },
} as const;

/** The options of `ad-break` and `ads`. */
export interface AdOptions {
  readonly seconds?: string | undefined;
  readonly in?: string | undefined;
  readonly name?: string | undefined;
  readonly weight?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Longest break that can be announced, in seconds. */
const LONGEST = 3600;
/**
 * Time from the announcement to a break or a poll, in seconds: that of MediaLive's schedule, which ends 14 days ahead, less
 * a quarter of an hour. The call takes time, and the question of a poll travels again until the poll closes.
 */
export const AHEAD = { least: 15, most: 14 * 24 * 3600 - 900 } as const;

/**
 * Reads the words after `ad-break` or `ads`.
 *
 * @throws LiveFailure with exit code 1 for words that it does not understand.
 */
export function adRequest(command: 'ad-break' | 'ads', words: readonly string[], options: AdOptions): AdRequest {
  return command === 'ad-break' ? breakRequest(words, options) : clipRequest(words, options);
}

function breakRequest([channel, ...rest]: readonly string[], options: AdOptions): AdRequest {
  if (channel === undefined || rest.length > 0) throw wrong('ad-break takes the name of one channel.');
  if (options.seconds === undefined) throw wrong('ad-break was given no --seconds.');
  const seconds = numberWithin('--seconds', options.seconds, { least: 1, most: LONGEST });
  const inSeconds = options.in === undefined ? undefined : numberWithin('--in', options.in, AHEAD);
  return { action: 'break', channel, seconds, inSeconds };
}

function clipRequest([action = 'list', word, ...rest]: readonly string[], options: AdOptions): AdRequest {
  if (action === 'list' && word === undefined) return { action };
  if (action === 'remove' && word !== undefined && rest.length === 0) return { action, id: word };
  if (action !== 'add' || word === undefined || rest.length > 0) {
    throw wrong('ads takes list, add FILE --name NAME, or remove ID.');
  }
  const { name, only: channels } = options;
  if (name === undefined || name.trim() === '') throw wrong('ads add was given no --name.');
  const weight = options.weight === undefined ? 1 : numberWithin('--weight', options.weight, { least: 1, most: 100 });
  return {
    action,
    file: word,
    name,
    weight,
    from: time('--from', options.from),
    to: time('--to', options.to),
    channels,
  };
}

function time(option: string, text: string | undefined): string | undefined {
  if (text === undefined || timeOf(text, 0) !== undefined) return text;
  throw wrong(`${option} ${text} was given; a time such as 2026-11-28T19:00:00Z is needed.`);
}
