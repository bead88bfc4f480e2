import type { LiveStreamInput } from '../../../lib/channel/live-stream';

type Channel = LiveStreamInput['channels'][number];

/** The expected parts beside the picture of one channel, not taken from lib/. A new kind needs a row. */
export interface ExpectedBeside {
  /** Its options in a description. */
  readonly described: Partial<Channel>;
  /** Members of the channel in the player's configuration, with the paths that the page asks. */
  readonly page: Readonly<Partial<Record<'chat' | 'polls', readonly string[]>>>;
  /** The sentences that it must be refused with, by origin and ladder. */
  readonly refused: (origin: string, ladder: string) => readonly RegExp[];
}

const CHAT = ['/chat/token', '/chat/mute', '/chat/ban'];
const POLLS = ['/polls/vote', '/polls/result'];

const NOT_IN = /^channels\[0\]\.polls: true was given with the origin .*choose the origin media-package/;
const ALWAYS =
  /^channels\[0\]\.timedMetadata: true was given with the origin media-package-v1, which gets timed ID3 always/;
const NO_PICTURE = /^channels\[0\]\.timedMetadata: true was given with the ladder audio-only/;

const taken = (): readonly RegExp[] => [];
/** A question is timed ID3: MediaPackage v1 always gets it, and it travels with video. */
const asking = (origin: string, ladder: string): readonly RegExp[] => [
  ...(origin === 'media-package-v1' ? [ALWAYS] : ladder === 'audio-only' ? [NO_PICTURE] : []),
  ...(origin === 'media-package' ? [] : [NOT_IN]),
];

/** The parts beside the picture: none, either, or both. */
export const BESIDE: Readonly<Record<string, ExpectedBeside>> = {
  nothing: { described: {}, page: {}, refused: taken },
  chat: {
    described: { chat: { words: ['forbidden'], keepLogDays: 30 } },
    page: { chat: CHAT },
    refused: taken,
  },
  polls: { described: { timedMetadata: true, polls: true }, page: { polls: POLLS }, refused: asking },
  'chat and polls': {
    described: { chat: true, timedMetadata: true, polls: true },
    page: { chat: CHAT, polls: POLLS },
    refused: asking,
  },
};
