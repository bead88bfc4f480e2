import type { KnownViewer } from '../shared/viewers/known-viewer';
import type { KeptOut } from './request';

/** The rules of a room, from the description of its channel. */
export interface RoomRules {
  readonly arn: string;
  /** True where everybody may watch. */
  readonly isPublic: boolean;
  /** Groups whose members moderate. */
  readonly moderatorGroups: readonly string[];
}

/** A place in a room. */
export interface Place {
  readonly room: string;
  readonly user: string;
  readonly capabilities: readonly ('SEND_MESSAGE' | 'DELETE_MESSAGE')[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly minutes: number;
}

/** The dependencies of the function. Every call may fail; then nobody is let in. */
export interface ChatSurroundings {
  /** By the name of the channel. */
  readonly rooms: Readonly<Record<string, RoomRules>>;
  /** Code of the moderators. */
  code(): Promise<string>;
  /** Reads the token of a viewer's session. @returns undefined for one that is not valid for the channel. */
  viewer(token: string, channel: string): Promise<KnownViewer | undefined>;
  createToken(place: Place): Promise<string>;
  disconnect(room: string, user: string, reason: string): Promise<void>;
  deleteMessage(room: string, id: string): Promise<void>;
  /** Counts one more. @returns how often within this window, given in seconds. */
  count(key: string, windowSeconds: number): Promise<number>;
  /** Returns how a user is kept out of a channel now; undefined for one who is not. */
  keptOut(channel: string, user: string): Promise<KeptOut | undefined>;
  /** Keeps a user out until a time, in seconds since 1970; undefined lets him in again. */
  keepOut(
    channel: string,
    user: string,
    until: { readonly how: KeptOut; readonly time: number } | undefined,
  ): Promise<void>;
  randomId(): string;
  /** Time in seconds since 1970. */
  now(): number;
}
