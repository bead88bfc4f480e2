import { wrong } from './option-values';

/** A request about the chat of a channel. */
export type ChatRequest =
  | { readonly action: 'link'; readonly channel: string }
  | { readonly action: 'delete'; readonly channel: string; readonly id: string }
  | { readonly action: 'mute' | 'ban'; readonly channel: string; readonly user: string; readonly minutes: number }
  | { readonly action: 'allow'; readonly channel: string; readonly user: string };

/** The options of `chat`, as Node.js reads them. */
export const CHAT_OPTIONS = { minutes: { type: 'string' } } as const;

const ACTIONS = ['delete', 'mute', 'ban', 'allow'] as const;
const MOST_MINUTES = 7 * 24 * 60;

/**
 * Reads the words after `chat`.
 *
 * @throws LiveFailure with exit code 1 for words that it does not understand.
 */
export function chatRequest(words: readonly string[], options: { readonly minutes?: string | undefined }): ChatRequest {
  const [channel, word, which, ...rest] = words;
  if (channel === undefined || rest.length > 0) throw wrong('chat takes the name of one channel.');
  const minutes = Number(options.minutes ?? 60);
  if (!(Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES)) {
    throw wrong(`--minutes ${options.minutes} was given; a whole number from 1 to ${MOST_MINUTES} is needed.`);
  }
  if (word === undefined) return { action: 'link', channel };
  const action = ACTIONS.find((name) => name === word);
  if (action === undefined) throw wrong(`chat ${word} was given; one of ${ACTIONS.join(', ')} is needed.`);
  const needed = action === 'delete' ? 'a message' : 'a user';
  if (which === undefined) throw wrong(`chat ${action} takes the id of ${needed}.`);
  if (action === 'delete') return { action, channel, id: which };
  return action === 'allow' ? { action, channel, user: which } : { action, channel, user: which, minutes };
}
