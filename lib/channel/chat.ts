import { z } from 'zod';
import type { Access } from './access';
import { explain, stringThat } from './field';
import type { Partly, Report } from './rule';

/** Most bytes of all words and what is around them. They are in the environment of a function, which has 4,096 for all. */
const MOST_BYTES = 4000;
/** Bytes around each word: a comma, and quotes that JSON within JSON escapes. */
const AROUND_BYTES = 5;

const options = z.strictObject({
  words: z
    .array(
      stringThat(
        (word) => /^[\p{L}\p{N}]{2,40}\*?$/u.test(word),
        'one word of 2 to 40 letters and digits, with * at its end for all that begin with it,',
      ),
    )
    .max(300)
    .default([]),
  links: z.enum(['refuse', 'allow']).default('refuse'),
  repeats: z.enum(['refuse', 'allow']).default('refuse'),
  whenLate: z.enum(['allow', 'refuse']).default('allow'),
  slowSeconds: z.int().min(0).max(120).default(0),
  messageLength: z.int().min(1).max(500).default(200),
  messagesPerSecond: z.int().min(1).max(10).default(10),
  holdBack: z.boolean().default(false),
  moderatorGroups: z
    .array(
      stringThat(
        (name) => /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name),
        'a letter or digit, then up to 63 letters, digits, hyphens and underscores',
      ),
    )
    .max(10)
    .default([]),
  keepLogDays: z.int().min(1).max(3650).optional(),
});

const REVIEW = 'https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-message-review-handler.html';

explain(options.shape, {
  words: {
    what: 'Words that are refused in messages and in names, before anybody sees them. Upper case, accents and signs between the letters do not count; `*` at the end stands for any ending. 300 words at most, and 4,000 bytes with 5 more for each word: letters beyond ASCII take two or three bytes.',
    see: REVIEW,
  },
  links: { what: 'Whether messages may have addresses of web pages.' },
  repeats: {
    what: 'Whether a viewer may send the same message again within a minute. Each copy of the review function remembers its own messages, so under load some get through.',
  },
  whenLate: {
    what: 'What happens to a message whose review fails or takes longer than 200 ms.',
    effect: 'With `refuse`, the first messages of a show are lost, because the function takes longer to begin.',
    see: 'https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/service-quotas.html',
  },
  slowSeconds: {
    what: 'Time between two messages of one viewer: slow mode. Moderators are not held up.',
    unit: 'seconds',
    effect: 'Higher keeps a busy chat readable.',
  },
  messageLength: { what: 'Longest message.', unit: 'characters' },
  messagesPerSecond: {
    what: 'Messages of all viewers together that the room takes. CloudFormation allows 10; `aws ivschat update-room` allows 100.',
    unit: 'messages/s',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ivschat-room.html',
  },
  holdBack: {
    what: 'Whether the page shows a message later, by the latency that it has measured.',
    effect: 'Nobody reads of the goal before it is on the screen; a conversation takes as much longer.',
  },
  moderatorGroups: {
    what: 'Groups of viewers who moderate, in a stack with `access` and a sign-in. Everybody with the moderators’ link moderates too.',
  },
  keepLogDays: {
    what: 'How long what was said is kept in a bucket. Left out: nothing is kept. The bucket goes with the stack.',
    unit: 'days',
    effect: 'What viewers write is personal data.',
    see: 'https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-logging.html',
  },
});

/** Schema of the chat of a channel: `true` for all defaults, or options. */
export const chatSchema = z.union([z.literal(true), options]);

/** The chat of a channel with every default filled in. */
export type Chat = z.infer<typeof options>;

/** Returns the chat of a channel; undefined for a channel without one. */
export function chatOf({ chat }: { readonly chat?: true | Chat | undefined }): Chat | undefined {
  return chat === true ? options.parse({}) : chat;
}

type DescribedChannel = Partly<{ readonly chat?: true | Chat | undefined }>;

/** Checks the chats of the channels against the access of the stack, and the length of their words. */
export function chatProblems(
  channels: readonly (DescribedChannel | undefined)[],
  access: Partly<Access> | undefined,
  problem: Report,
): void {
  for (const [index, channel] of channels.entries()) {
    const { chat } = channel ?? {};
    if (typeof chat !== 'object') continue;
    const path = ['channels', index, 'chat'];
    const words = chat.words ?? [];
    const bytes = Buffer.byteLength(words.join('')) + AROUND_BYTES * words.length;
    if (bytes > MOST_BYTES) {
      const given = `${words.length} words of ${bytes} bytes were given, counting ${AROUND_BYTES} more for each word`;
      const rule = `the environment of a function has room for ${MOST_BYTES}`;
      problem([...path, 'words'], `${given}; ${rule}: give fewer words, or use * for endings`);
    }
    const groups = chat.moderatorGroups ?? [];
    if (groups.length > 0 && (access === undefined || access.signIn === 'none')) {
      problem(
        [...path, 'moderatorGroups'],
        'groups were given without a sign-in; only a sign-in tells the groups of a viewer: add access with a sign-in, or use the moderators’ link',
      );
    }
  }
}
