import { randomBytes } from 'node:crypto';
import type { CloudClock } from '../../contract';

/** Capabilities of a user beside reading. */
export const CAPABILITIES = ['SEND_MESSAGE', 'DISCONNECT_USER', 'DELETE_MESSAGE'] as const;

/** A capability of a user. */
export type Capability = (typeof CAPABILITIES)[number];

/** The user of a connection, as the token says. */
export interface ChatUser {
  readonly roomArn: string;
  readonly userId: string;
  readonly capabilities: readonly Capability[];
  readonly attributes: Readonly<Record<string, string>>;
  /** Time after which the connection ends, in milliseconds since 1970. */
  readonly until: number;
}

/** Time within which a token has to be used, in milliseconds. */
export const TOKEN_MILLISECONDS = 60_000;

/**
 * Tokens of chat rooms. Each opens one connection, within a minute.
 *
 * @see https://docs.aws.amazon.com/ivs/latest/ChatAPIReference/API_CreateChatToken.html
 */
export class ChatTokens {
  private readonly open = new Map<string, { readonly user: ChatUser; readonly expires: number }>();

  constructor(private readonly clock: CloudClock) {}

  /** Issues a token. It fits the sub-protocol of a WebSocket. */
  issue(user: ChatUser): { readonly token: string; readonly expires: number } {
    const now = this.clock.now();
    for (const [token, { expires }] of this.open) if (expires <= now) this.open.delete(token);
    const token = randomBytes(96).toString('base64url');
    const expires = now + TOKEN_MILLISECONDS;
    this.open.set(token, { user, expires });
    return { token, expires };
  }

  /** Uses up a token. @returns undefined for one that is unknown, used or expired. */
  use(token: string): ChatUser | undefined {
    const found = this.open.get(token);
    this.open.delete(token);
    return found === undefined || found.expires <= this.clock.now() ? undefined : found.user;
  }
}
