import type { Construct } from 'constructs';
import { chatOf } from '../channel/chat';
import type { LiveChannel } from '../channel/live-channel';
import type { LiveStream } from '../channel/live-stream';
import { Chat, type ChatConfig, type ChatProps } from './chat';

/** Adds chat, where a channel has one. */
export function addChat(
  scope: Construct,
  { channels }: Pick<LiveStream, 'channels'>,
  parts: Omit<ChatProps, 'channels'>,
): Chat | undefined {
  if (channels.every((channel) => chatOf(channel) === undefined)) return undefined;
  return new Chat(scope, 'Chat', { ...parts, channels });
}

/** Adds to the channels of the page what it needs to know of their chats. */
export function withChats<T extends { readonly channel: LiveChannel }>(
  channels: readonly T[],
  chat: Chat | undefined,
): readonly (T & { readonly chat: ChatConfig | undefined })[] {
  return channels.map((one) => ({ ...one, chat: chat?.page(one.channel) }));
}
