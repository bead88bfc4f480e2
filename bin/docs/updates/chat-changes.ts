import type { LiveStreamInput } from '../../../lib/channel/live-stream';

type Chat = Exclude<NonNullable<LiveStreamInput['channels'][number]['chat']>, true>;

const described = (chat: true | Chat, more: Partial<LiveStreamInput> = {}): Partial<LiveStreamInput> => ({
  ...more,
  channels: [{ name: 'main', input: { kind: 'test-clip' }, chat }],
});

/** Changes an option of a channel with a chat. */
const changed = (option: string, change: Chat, more: Partial<LiveStreamInput> = {}) => ({
  option: `channels[].chat.${option}`,
  before: described({}, more),
  after: described(change, more),
});

/** Changes of the chat. */
export const CHAT_UPDATES = [
  { option: 'channels[].chat', change: 'it is added', after: described(true) },
  changed('words', { words: ['forbidden'] }),
  changed('links', { links: 'allow' }),
  changed('repeats', { repeats: 'allow' }),
  changed('whenLate', { whenLate: 'refuse' }),
  changed('slowSeconds', { slowSeconds: 5 }),
  changed('messageLength', { messageLength: 100 }),
  changed('messagesPerSecond', { messagesPerSecond: 5 }),
  changed('holdBack', { holdBack: true }),
  changed('moderatorGroups', { moderatorGroups: ['staff'] }, { access: {} }),
  changed('keepLogDays', { keepLogDays: 30 }),
] as const;
