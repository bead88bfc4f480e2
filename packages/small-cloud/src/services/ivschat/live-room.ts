import { randomBytes } from 'node:crypto';
import type { CloudClock, Properties } from '../../contract';
import type { ChatLog } from './chat-log';
import { type Action, ActionError } from './messages';
import { Rate } from './rate';
import { type ReviewMeans, reviewed } from './review';
import type { Room } from './room';
import type { Capability, ChatUser } from './tokens';

/** A connection of a user to a room. */
export interface Seat {
  readonly user: ChatUser;
  send(message: Properties): void;
  /** Ends the connection. */
  close(reason: string): void;
}

/** Parts of the run that a room uses. */
export interface RoomMeans extends ReviewMeans {
  readonly clock: CloudClock;
  readonly log: ChatLog;
}

/** A room with those who are in it. */
export class LiveRoom {
  private readonly seats = new Set<Seat>();
  private readonly rate = new Rate(() => this.room.settings.messagesPerSecond);
  /** The review of the message before: messages keep their order. */
  private before: Promise<unknown> = Promise.resolve();

  constructor(
    readonly room: Room,
    private readonly means: RoomMeans,
  ) {}

  /** Number of connections. */
  get size(): number {
    return this.seats.size;
  }

  enter(seat: Seat): void {
    this.seats.add(seat);
  }

  leave(seat: Seat): void {
    this.seats.delete(seat);
  }

  /** Does what a user asks for. @throws ActionError for what is refused. */
  async act(seat: Seat, action: Action): Promise<void> {
    const { requestId } = action;
    requireCapability(seat.user, action.action, requestId);
    if (action.action === 'DELETE_MESSAGE') this.delete(action.id, action.reason, requestId);
    else if (action.action === 'DISCONNECT_USER') this.disconnect(action.userId, action.reason);
    else await this.say(seat, action);
  }

  /** Tells everybody to forget a message. @returns the id of the event. */
  delete(messageId: string, reason: string, requestId = ''): string {
    const attributes = { MessageId: messageId, MessageID: messageId, Reason: reason };
    return this.event('aws:DELETE_MESSAGE', attributes, requestId);
  }

  /** Ends all connections of a user. */
  disconnect(userId: string, reason: string): void {
    for (const seat of [...this.seats]) if (seat.user.userId === userId) seat.close(reason || 'Disconnected');
  }

  /** Sends an event to everybody. @returns its id. */
  event(name: string, attributes: Readonly<Record<string, string>>, requestId = ''): string {
    const id = newId();
    const event = { Type: 'EVENT', Id: id, RequestId: requestId, EventName: name, Attributes: attributes };
    this.send('EVENT', { ...event, SendTime: this.time() });
    return id;
  }

  /** Ends every connection. */
  close(reason: string): void {
    for (const seat of [...this.seats]) seat.close(reason);
  }

  private async say(seat: Seat, action: Extract<Action, { action: 'SEND_MESSAGE' }>): Promise<void> {
    const { content, attributes, requestId } = action;
    const { settings } = this.room;
    const { means } = this;
    if ([...content].length > settings.messageLength) {
      throw new ActionError(400, `Messages must be at most ${settings.messageLength} chars`, requestId);
    }
    if (!this.rate.take(Date.now())) throw new ActionError(429, 'The message rate of the room is exceeded', requestId);
    const id = newId();
    const draft = { id, content, attributes, sender: seat.user };
    const review = this.before.then(() => reviewed(draft, this.room, means));
    this.before = review;
    const result = await review;
    if (!result.allowed) {
      throw new ActionError(406, result.reason ?? 'The message was rejected during message review', requestId);
    }
    this.send('MESSAGE', {
      Type: 'MESSAGE',
      Id: id,
      RequestId: requestId,
      Attributes: result.attributes,
      Content: result.content,
      SendTime: this.time(),
      Sender: { UserId: seat.user.userId, Attributes: seat.user.attributes },
    });
  }

  private send(type: 'MESSAGE' | 'EVENT', message: Properties): void {
    this.means.log.record(type, message);
    for (const seat of this.seats) seat.send(message);
  }

  private time(): string {
    return new Date(this.means.clock.now()).toISOString();
  }
}

function requireCapability(user: ChatUser, wanted: Capability, requestId: string): void {
  if (user.capabilities.includes(wanted)) return;
  throw new ActionError(403, `The token does not have the capability ${wanted}`, requestId);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Makes an id: 12 letters and digits. */
export function newId(): string {
  return Array.from(randomBytes(12), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
