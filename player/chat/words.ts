import type { Incoming } from './protocol';

const REASONS: Readonly<Record<string, string>> = {
  word: 'Not sent: it has a word that is not allowed here.',
  name: 'Not sent: your name has a word that is not allowed here.',
  link: 'Not sent: links are not allowed here.',
  repeat: 'Not sent: you have just said that.',
  empty: 'Not sent: there is nothing in it.',
};

/** Words a refusal of a message for its sender. */
export function refusalWords({ code, reason }: Extract<Incoming, { kind: 'error' }>): string {
  const seconds = waitOf(reason);
  if (seconds > 0) return `Not sent: this chat is slow. Wait ${seconds} s.`;
  if (code === 406) return REASONS[reason] ?? 'Not sent: the message was refused.';
  if (code === 429) return 'Not sent: too many messages at once. Try again.';
  if (code === 403) return 'Not sent: you can only read.';
  if (code === 400 || code === 413) return 'Not sent: the message is too long.';
  return 'Not sent: the chat has a problem. Try again.';
}

/** Returns the seconds that a slow chat makes a sender wait; 0 for another reason. */
export function waitOf(reason: string): number {
  return Number(/^slow (\d+)$/.exec(reason)?.[1] ?? 0);
}

/** Words why there is no place, by the name of the refusal. */
export const PLACE_WORDS: Readonly<Record<string, string>> = {
  banned: 'A moderator has closed the chat for you.',
  'sign-in': 'The chat opens with the channel.',
  'too-many': 'Too many viewers come from your network. The chat tries again.',
};

/** Words for a connection that does not come about. */
export const NO_CONNECTION = 'The chat is not connected. It tries again; some company networks block it.';
