import type { Desk, Introduction, Place } from './desk';
import { type Incoming, readIncoming } from './protocol';
import { NO_CONNECTION, PLACE_WORDS } from './words';

/** First and longest wait before another try, in milliseconds. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
/** Wait after a refusal that will not change soon. */
const REFUSED_WAIT = 60_000;
/** Wait for the session of a private channel. */
const SIGN_IN_WAIT = 3000;
/** Parts of a session's time between which another connection takes its place: a crowd that came at once is spread. */
const RENEW_AFTER = { least: 0.8, most: 0.95 } as const;

/** State of the connection, for the page. */
export type ChatState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly place: Place }
  | { readonly kind: 'waiting'; readonly words: string }
  | { readonly kind: 'bad-name'; readonly words: string };

/** The part of a WebSocket that is used here. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'readyState' | 'addEventListener'>;

/** Parts that a connection is made of. */
export interface ConnectionOptions {
  readonly desk: Pick<Desk, 'enter'>;
  /** Opens a WebSocket with a token. */
  readonly open: (token: string) => Socket;
  /** Returns who asks: a name or a session may have changed since the last time. */
  readonly who: () => Introduction;
  readonly changed: (state: ChatState) => void;
  readonly heard: (incoming: Incoming) => void;
  /** Returns a number from 0 to 1, so that a thousand pages do not come back in the same moment. */
  readonly random: () => number;
}

/** A connection to a room that comes back when it was lost, each time with a new token. */
export class Connection {
  private socket: Socket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private renewal: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  /** Number of the try that counts. */
  private newest = 0;

  constructor(private readonly options: ConnectionOptions) {}

  /** Connects, or connects anew: with another name, or when the session is nearly over. The old connection stays until then. */
  async connect(): Promise<void> {
    const number = ++this.newest;
    clearTimeout(this.timer);
    const { desk, who, changed } = this.options;
    if (this.socket === undefined) changed({ kind: 'connecting' });
    const answer = await desk.enter(who());
    if (number !== this.newest) return;
    if (answer.kind === 'place') this.open(answer.place, number);
    else if (answer.kind === 'refused' && answer.error === 'name') changed({ kind: 'bad-name', words: answer.message });
    else if (answer.kind === 'refused') this.refused(answer.error);
    else this.retry(NO_CONNECTION);
  }

  /** Sends a request. @returns false when there is no connection. */
  send(request: Readonly<Record<string, unknown>>): boolean {
    if (this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify(request));
    return true;
  }

  /** Leaves the room for good. */
  close(): void {
    this.newest++;
    clearTimeout(this.timer);
    this.drop();
  }

  private open(place: Place, number: number): void {
    const socket = this.options.open(place.token);
    socket.addEventListener('open', () => {
      if (number !== this.newest) {
        socket.close();
        return;
      }
      this.drop();
      this.socket = socket;
      this.failures = 0;
      this.options.changed({ kind: 'open', place });
      const part = RENEW_AFTER.least + this.options.random() * (RENEW_AFTER.most - RENEW_AFTER.least);
      this.renewal = setTimeout(() => void this.connect(), place.sessionSeconds * 1000 * part);
    });
    socket.addEventListener('message', ({ data }) => {
      const incoming = readIncoming(data);
      if (incoming !== undefined && this.socket === socket) this.options.heard(incoming);
    });
    socket.addEventListener('close', () => {
      const wasOpen = this.socket === socket;
      if (wasOpen) this.socket = undefined;
      // A connection that another one has replaced is closed without a loss.
      if (wasOpen || (number === this.newest && this.socket === undefined)) this.retry(NO_CONNECTION);
    });
  }

  private refused(error: string): void {
    const words = PLACE_WORDS[error] ?? NO_CONNECTION;
    if (error === 'sign-in') this.wait(SIGN_IN_WAIT, words);
    else if (error === 'banned' || error === 'too-many') this.wait(REFUSED_WAIT, words);
    else this.retry(words);
  }

  private retry(words: string): void {
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.failures);
    this.failures += 1;
    this.wait(wait * (0.5 + this.options.random() / 2), words);
  }

  private wait(milliseconds: number, words: string): void {
    if (this.socket === undefined) this.options.changed({ kind: 'waiting', words });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.connect(), milliseconds);
  }

  private drop(): void {
    clearTimeout(this.renewal);
    const { socket } = this;
    this.socket = undefined;
    socket?.close();
  }
}
