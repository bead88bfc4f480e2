import type { LiveRequest } from './arguments';
import { browserAddress } from './browser-address';
import type { ChatRequest } from './chat-arguments';
import type { Context } from './context';
import { EXIT, type ExitCode, LiveFailure } from './failure';

/** Output of the stack with the name of the function of the chat. */
const FUNCTION_OUTPUT = 'ChatFunction';

/**
 * Shows the link of the moderators, deletes a message, keeps a user out or lets one in again.
 *
 * @throws LiveFailure where the stack has no chat, or its function refuses.
 */
export async function chat(request: LiveRequest, context: Context): Promise<ExitCode> {
  const asked = request.chat;
  if (asked === undefined) throw new LiveFailure('chat takes the name of a channel.', EXIT.wrongUse);
  const { outputs } = await context.service.stack(request.stack);
  const name = outputs[FUNCTION_OUTPUT];
  if (name === undefined) {
    const sentence = `Stack "${request.stack}" has no chat; deploy it with chat: true for a channel.`;
    throw new LiveFailure(sentence, EXIT.notFound);
  }
  const { action, ...task } = asked;
  const answer = await context.service.invoke(name, { task: action, ...task });
  if (asked.action === 'link') {
    const { code } = answer as { readonly code: string };
    const player = outputs['PlayerUrl'] ?? '';
    const page = `${player}?channel=${encodeURIComponent(asked.channel)}#link=moderator.${code}`;
    const url = browserAddress(page, request, context);
    context.out(request.json ? JSON.stringify({ stack: request.stack, channel: asked.channel, url }, null, 2) : url);
    return EXIT.fine;
  }
  context.out(request.json ? JSON.stringify(answer, null, 2) : done(asked));
  return EXIT.fine;
}

function done(asked: Exclude<ChatRequest, { action: 'link' }>): string {
  switch (asked.action) {
    case 'delete':
      return `Message ${asked.id} is deleted from every page.`;
    case 'allow':
      return `User ${asked.user} may write again.`;
    case 'mute':
      return `User ${asked.user} can only read for ${asked.minutes} minutes.`;
    case 'ban':
      return `User ${asked.user} is disconnected, and stays out for ${asked.minutes} minutes.`;
  }
}
