import { Memory } from './memory';
import { hasLink, hasWord, plain, wordPatterns } from './text';

/** The rules of a room, from the description of its channel. */
export interface ReviewRules {
  /** Forbidden words; `*` at the end of one stands for any ending. */
  readonly words: readonly string[];
  readonly links: 'refuse' | 'allow';
  readonly repeats: 'refuse' | 'allow';
  /** Least time between two messages of a viewer, in seconds. 0 for none. */
  readonly slowSeconds: number;
}

/** A message, as IVS Chat has it reviewed. */
export interface ReviewEvent {
  readonly Content: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly Sender: { readonly UserId: string; readonly Attributes?: Readonly<Record<string, string>> };
}

/** The result of a review, as IVS Chat reads it. */
export interface ReviewAnswer {
  readonly ReviewResult: 'ALLOW' | 'DENY';
  readonly Content: string;
  /** Those of the message; for a refused one its reason, which the page words for its viewer. */
  readonly Attributes: Readonly<Record<string, string>>;
}

/** A word for why a message is refused. `slow` has the seconds to wait after it. */
export type Reason = 'word' | 'name' | 'link' | 'repeat' | 'empty' | `slow ${number}`;

/**
 * Makes the review of a room. It calls nothing, because it has 200 ms. Repeats and slow mode are known to this copy of the
 * function alone: Lambda runs several under load.
 *
 * @param now - returns milliseconds since 1970.
 * @see https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-message-review-handler.html
 */
export function reviewer(rules: ReviewRules, now: () => number): (event: ReviewEvent) => ReviewAnswer {
  const patterns = wordPatterns(rules.words);
  const memory = new Memory();
  const reasonOf = (content: string, { UserId, Attributes = {} }: ReviewEvent['Sender']): Reason | undefined => {
    const said = plain(content);
    if (content.trim() === '') return 'empty';
    if (hasWord(said, patterns)) return 'word';
    if (hasWord(plain(Attributes['name'] ?? ''), patterns)) return 'name';
    if (Attributes['role'] === 'moderator') return undefined;
    if (rules.links === 'refuse' && hasLink(content)) return 'link';
    const time = now();
    const wait = memory.wait(UserId, rules.slowSeconds, time);
    if (wait > 0) return `slow ${wait}`;
    if (rules.repeats === 'refuse' && memory.isRepeat(UserId, said, time)) return 'repeat';
    memory.keep(UserId, said, time);
    return undefined;
  };
  return ({ Content, Attributes = {}, Sender }) => {
    const reason = reasonOf(Content, Sender);
    if (reason !== undefined) return { ReviewResult: 'DENY', Content, Attributes: { Reason: reason } };
    return { ReviewResult: 'ALLOW', Content, Attributes };
  };
}
