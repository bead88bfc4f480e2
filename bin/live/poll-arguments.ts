import { POLL_LIMITS } from '../../lambda/shared/poll-limits';
import { AHEAD } from './ad-arguments';
import { numberWithin, wrong } from './option-values';

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
  text('--question', question, POLL_LIMITS.question);
  for (const one of texts) text('--option', one, POLL_LIMITS.option);
  const { fewest, most } = POLL_LIMITS;
  if (texts.length < fewest || texts.length > most || new Set(texts).size < texts.length) {
    throw wrong(`Answers given: ${texts.length}; ${fewest} to ${most} different ones are needed, each with --option.`);
  }
  const length = numberWithin('--seconds', seconds, POLL_LIMITS.seconds);
  const inSeconds = ahead === undefined ? undefined : numberWithin('--in', ahead, AHEAD);
  return { action: 'ask', channel, question, options: texts, seconds: length, inSeconds };
}

function text(option: string, given: string, most: number): void {
  const { length } = [...given];
  if (given.trim() !== '' && length <= most) return;
  throw wrong(`${option} of ${length} characters was given; 1 to ${most} are needed.`);
}
