import { createHash, timingSafeEqual } from 'node:crypto';
import { answer, type UrlAnswer, type UrlEvent } from '../shared/function-url';
import type { KnownViewer } from '../shared/viewers/known-viewer';
import { addressOf, userId } from '../shared/viewers/user-id';
import { chosenName, givenName } from './guest';
import { Refusal } from './refusal';
import { type Asked, type KeptOut, readAsked } from './request';
import type { ChatSurroundings, RoomRules } from './surroundings';

/**
 * Length of a connection, in minutes. The page renews it. For a guest, it is the longest that IVS Chat allows; a viewer whose
 * session was revoked is out of the chat within a quarter of an hour.
 */
const SESSION_MINUTES = { guest: 180, viewer: 15 } as const;
/** Most requests of one address, or of one viewer of a private channel, in ten minutes. */
const MOST_REQUESTS = 100;
const WINDOW_SECONDS = 600;

/** Somebody who asks, and what he may do. */
interface Caller {
  readonly user: string;
  readonly viewer: KnownViewer | undefined;
  readonly moderates: boolean;
}

/**
 * Answers a player: lets a viewer into a room, or keeps somebody out for a moderator.
 *
 * @see https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/getting-started-chat-auth.html
 */
export async function chat(event: UrlEvent, around: ChatSurroundings): Promise<UrlAnswer> {
  try {
    const asked = readAsked(event);
    if (asked === undefined) throw new Refusal('no-such-path', 'POST /chat/token?channel=… asks for a place.');
    const room = Object.hasOwn(around.rooms, asked.channel) ? around.rooms[asked.channel] : undefined;
    if (room === undefined) throw new Refusal('no-such-channel', 'This stack has no chat for that channel.');
    const caller = await callerOf(event, { asked, room }, around);
    if (asked.act === 'token') return answer(200, await place(event, { asked, room, caller }, around));
    if (!caller.moderates) throw new Refusal('not-a-moderator', 'Only moderators may do that.');
    await keepOut(room, asked, around);
    return answer(204, {});
  } catch (error) {
    if (error instanceof Refusal) return answer(error.status, { error: error.error, message: error.message });
    console.error(error);
    return answer(503, { error: 'unavailable', message: 'The chat does not answer.' });
  }
}

async function callerOf(
  { headers }: UrlEvent,
  { asked, room }: { readonly asked: Asked; readonly room: RoomRules },
  around: ChatSurroundings,
): Promise<Caller> {
  const code = await around.code();
  const address = addressOf(headers['cloudfront-viewer-address'] ?? '');
  const token = headers['x-viewer-session'];
  const viewer = token === undefined ? undefined : await around.viewer(token, asked.channel);
  if (viewer === undefined && !room.isPublic) throw new Refusal('sign-in', 'Sign in to watch this channel.');
  const guest = headers['x-chat-guest'] ?? '';
  const known = /^[A-Za-z0-9_-]{16,64}$/.test(guest) ? guest : around.randomId();
  const user = viewer ? userId('v', [viewer.id], code) : userId('g', [address, known], code);
  const counted = viewer ? user : userId('g', [address], code);
  if ((await around.count(counted, WINDOW_SECONDS)) > MOST_REQUESTS) {
    throw new Refusal('too-many', 'Too many viewers come from this address. Try again in ten minutes.');
  }
  const isMember = viewer?.groups.some((group) => room.moderatorGroups.includes(group)) ?? false;
  return { user, viewer, moderates: isMember || same(headers['x-chat-moderator'] ?? '', code) };
}

/** Makes a token for a viewer. */
async function place(
  { headers }: UrlEvent,
  { asked, room, caller }: { readonly asked: Asked; readonly room: RoomRules; readonly caller: Caller },
  around: ChatSurroundings,
): Promise<object> {
  const { user, viewer, moderates } = caller;
  const kept = moderates ? undefined : await around.keptOut(asked.channel, user);
  if (kept === 'ban') throw new Refusal('banned', 'A moderator has closed the chat for you.');
  const chosen = headers['x-chat-name'];
  const name = (viewer && givenName(viewer.name)) ?? (chosen === undefined ? undefined : chosenName(chosen));
  if (name === undefined && chosen !== undefined && chosen !== '') {
    throw new Refusal('name', 'A name has 1 to 30 letters, digits or signs.');
  }
  // Somebody without a name reads.
  const speaks = name !== undefined && kept === undefined;
  const minutes = viewer === undefined ? SESSION_MINUTES.guest : SESSION_MINUTES.viewer;
  const attributes: Record<string, string> = { name: name ?? '' };
  if (moderates) attributes['role'] = 'moderator';
  const token = await around.createToken({
    room: room.arn,
    user,
    capabilities: [...(speaks ? (['SEND_MESSAGE'] as const) : []), ...(moderates ? (['DELETE_MESSAGE'] as const) : [])],
    attributes,
    minutes,
  });
  return { token, user, name: name ?? '', moderates, muted: kept === 'mute', sessionSeconds: minutes * 60 };
}

/** Keeps a user out, and ends his connections: the next token is refused, or only reads. */
export async function keepOut(
  room: Pick<RoomRules, 'arn'>,
  {
    channel,
    user,
    how,
    minutes,
  }: { readonly channel: string; readonly user: string; readonly how: KeptOut; readonly minutes: number },
  around: ChatSurroundings,
): Promise<void> {
  await around.keepOut(channel, user, { how, time: around.now() + minutes * 60 });
  await around.disconnect(room.arn, user, how === 'ban' ? 'Banned by a moderator' : 'Muted by a moderator');
}

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return other !== '' && timingSafeEqual(digest(one), digest(other));
}
