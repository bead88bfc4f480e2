import { keepOut } from './handler';
import { isUser, minutesOf } from './request';
import type { ChatSurroundings, RoomRules } from './surroundings';

/** A task of the operator. */
export interface OperatorTask {
  readonly task: unknown;
  readonly channel?: unknown;
  readonly user?: unknown;
  readonly minutes?: unknown;
  readonly id?: unknown;
}

/**
 * Does what the operator asks for, from the command line: `link`, `mute`, `ban`, `allow`, `delete`.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export async function operate(task: OperatorTask, around: ChatSurroundings): Promise<object> {
  const channel = String(task.channel);
  const room = Object.hasOwn(around.rooms, channel) ? around.rooms[channel] : undefined;
  if (room === undefined) {
    const known = Object.keys(around.rooms).join(', ');
    throw new Error(`channel: "${channel}" was given; a channel with a chat is needed: ${known}`);
  }
  if (task.task === 'link') return { code: await around.code() };
  if (task.task === 'delete') return remove(room, task.id, around);
  const { user } = task;
  if (!isUser(user)) throw new Error(`user: "${user}" was given; the id of a user of the chat is needed`);
  if (task.task === 'allow') {
    await around.keepOut(channel, user, undefined);
    return { channel, user };
  }
  if (task.task !== 'mute' && task.task !== 'ban') throw new Error(`task: "${task.task}" is not known`);
  const minutes = minutesOf(task.minutes);
  await keepOut(room, { channel, user, how: task.task, minutes }, around);
  return { channel, user, minutes };
}

async function remove({ arn }: RoomRules, id: unknown, around: ChatSurroundings): Promise<object> {
  if (typeof id !== 'string' || !/^[A-Za-z0-9]{12}$/.test(id)) {
    throw new Error(`id: "${id}" was given; the id of a message is needed: 12 letters and digits`);
  }
  await around.deleteMessage(arn, id);
  return { id };
}
