import { wrong } from './option-values';

/** A request about the polls of a channel. */
export type PollRequest =
  | { readonly action: 'result'; readonly channel: string }
  | {
      readonly action: 'ask';
      readonly channel: string;
      readonly question: string;
      readonly options: readonly string[];
      readonly seconds: number;
      readonly inSeconds: number | undefined;
    };

/** The options of `poll` that no other command has. */
export const POLL_OPTIONS = {
  question: { type: 'string' },
  option: { type: 'string', multiple: true },
} as const;

/** The options of `poll`. */
export interface PollOptions {
  readonly question?: string | undefined;
  readonly option?: readonly string[] | undefined;
  readonly seconds?: string | undefined;
  readonly in?: string | undefined;
}

/** The limits of a poll. `lambda/poll-desk/poll.ts` has the same. */
const LIMITS = { fewest: 2, most: 6, question: 200, option: 60, shortest: 10, longest: 600 } as const;
/** Least and most time from the announcement to a poll, in seconds: those of MediaLive's schedule. */
const AHEAD = { least: 15, most: 14 * 24 * 3600 } as const;

/**
 * Reads the words after `poll`.
 *
 * @throws LiveFailure with exit code 1 for words that it does not understand.
 */
export function pollRequest([channel, ...rest]: readonly string[], options: PollOptions): PollRequest {
  if (channel === undefined || rest.length > 0) throw wrong('poll takes the name of one channel.');
  const { question, option: texts = [], seconds = '60', in: ahead } = options;
  if (question === undefined) {
    if (texts.length > 0) throw wrong('poll was given no --question.');
    return { action: 'result', channel };
  }
  text('--question', question, LIMITS.question);
  for (const one of texts) text('--option', one, LIMITS.option);
  const { fewest, most } = LIMITS;
  if (texts.length < fewest || texts.length > most || new Set(texts).size < texts.length) {
    throw wrong(`${texts.length} --option were given; ${fewest} to ${most} different ones are needed.`);
  }
  const length = number('--seconds', seconds, LIMITS.shortest, LIMITS.longest);
  const inSeconds = ahead === undefined ? undefined : number('--in', ahead, AHEAD.least, AHEAD.most);
  return { action: 'ask', channel, question, options: texts, seconds: length, inSeconds };
}

function text(option: string, given: string, most: number): void {
  const { length } = [...given];
  if (given.trim() !== '' && length <= most) return;
  throw wrong(`${option} of ${length} characters was given; 1 to ${most} are needed.`);
}

function number(option: string, given: string, least: number, most: number): number {
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (value >= least && value <= most) return value;
  throw wrong(`${option} ${given} was given; a number from ${least} to ${most} is needed.`);
}
