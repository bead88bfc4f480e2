import type { Playback } from '../playback';
import { sessionOf } from '../session-token';
import { Connection } from './connection';
import { Desk, type Introduction } from './desk';
import { Feed } from './feed';
import type { Moderation } from './list';
import { moderatorCode } from './moderator';
import { ChatPanel } from './panel';
import type { ChatMessage, Incoming } from './protocol';
import { type ChatSettings, readChat, socketAddress } from './settings';
import { refusalWords, waitOf } from './words';

/** Interval at which messages reach the page, and at which the channel is looked at. */
const LOOK_MILLISECONDS = 200;
/** Keys of what the browser keeps: a random id, and the name that the viewer took. */
const GUEST = 'chat-guest';
const NAME = 'chat-name';

/** Shows the chat of the channel that plays, from now on. @param link - from the address of the page: a moderator's has a code. */
export function startChat(playback: Playback, link: string | undefined): void {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: './chat.css' }));
  const moderator = moderatorCode(link);
  if (moderator !== undefined) sessionStorage.setItem('chat-moderator', moderator);
  let chat: ChannelChat | undefined;
  setInterval(() => {
    const { choice } = playback;
    const channel = choice?.channel;
    if (channel !== undefined && channel.name !== chat?.channel) {
      chat?.leave();
      const settings = readChat(channel.chat);
      chat = settings && new ChannelChat(channel.name, settings, playback);
    }
    chat?.look();
  }, LOOK_MILLISECONDS);
}

/** The chat of one channel. */
class ChannelChat {
  private readonly panel: ChatPanel;
  private readonly desk: Desk;
  private readonly connection: Connection;
  private readonly feed = new Feed();
  /** Texts of the messages that are on their way, by their request id. */
  private readonly pending = new Map<string, string>();
  private user = '';
  private moderates = false;
  private skipped = 0;
  private lookAt = 0;

  constructor(
    readonly channel: string,
    private readonly settings: ChatSettings,
    private readonly playback: Playback,
  ) {
    this.desk = new Desk(settings.path, (url, init) => fetch(url, init));
    this.panel = new ChatPanel(
      {
        say: (text) => this.say(text),
        join: (name) => this.join(name),
        moderate: (action, message) => void this.moderate(action, message),
      },
      settings.messageLength,
    );
    this.panel.show(true);
    this.connection = new Connection({
      desk: this.desk,
      open: (token) => new WebSocket(socketAddress(settings.endpoint, location.href), token),
      who: () => this.who(),
      changed: (state) => {
        if (state.kind === 'open') ({ user: this.user, moderates: this.moderates } = state.place);
        if (state.kind === 'bad-name') localStorage.removeItem(NAME);
        this.panel.state(state);
      },
      heard: (incoming) => this.hear(incoming),
      random: Math.random,
    });
    addEventListener('online', this.comeBack);
    void this.connection.connect();
  }

  /** Brings the page up to date. */
  look(): void {
    const now = performance.now();
    const { added, skipped } = this.feed.take(now, this.user);
    this.skipped += skipped;
    this.panel.list.add(added, this.moderates);
    if (now < this.lookAt) return;
    this.lookAt = now + 2000;
    this.panel.list.hush(this.skipped > 0);
    if (this.skipped > 0) this.panel.tell('There are more messages than can be read; this is a part of them.');
    this.skipped = 0;
  }

  leave(): void {
    removeEventListener('online', this.comeBack);
    this.connection.close();
    this.feed.clear();
    this.panel.remove();
  }

  private readonly comeBack = (): void => void this.connection.connect();

  private who(): Introduction {
    let guest = localStorage.getItem(GUEST);
    if (guest === null) {
      guest = crypto.randomUUID();
      localStorage.setItem(GUEST, guest);
    }
    return {
      channel: this.channel,
      guest,
      name: localStorage.getItem(NAME) ?? '',
      session: sessionOf(this.playback.choice),
      moderator: sessionStorage.getItem('chat-moderator') ?? undefined,
    };
  }

  private join(name: string): void {
    localStorage.setItem(NAME, name);
    void this.connection.connect();
  }

  private say(text: string): void {
    const id = crypto.randomUUID();
    const sent = this.connection.send({ Action: 'SEND_MESSAGE', RequestId: id, Content: text });
    if (!sent) {
      this.panel.tell('Not sent: the chat is not connected.');
      return;
    }
    this.pending.set(id, text);
    this.panel.tell('');
  }

  private async moderate(action: Moderation, message: ChatMessage): Promise<void> {
    if (action === 'delete') {
      this.connection.send({ Action: 'DELETE_MESSAGE', RequestId: crypto.randomUUID(), Id: message.id });
      return;
    }
    const done = await this.desk.keepOut(action, message.user, this.who());
    const word = action === 'mute' ? 'muted' : 'banned';
    this.panel.tell(done ? `${message.name} is ${word} for an hour.` : `${message.name} could not be ${word}.`);
  }

  private hear(incoming: Incoming): void {
    if (incoming.kind === 'message') this.take(incoming.message);
    if (incoming.kind === 'deleted') {
      this.feed.delete(incoming.id);
      this.panel.list.delete(incoming.id);
    }
    if (incoming.kind === 'error') {
      this.pending.delete(incoming.requestId);
      this.panel.tell(refusalWords(incoming));
      const seconds = waitOf(incoming.reason);
      if (seconds > 0) this.panel.pause(seconds);
    }
  }

  private take(message: ChatMessage): void {
    const own = this.pending.get(message.requestId);
    this.pending.delete(message.requestId);
    if (own !== undefined) {
      this.panel.sent(own);
      if (this.settings.slowSeconds > 0 && !this.moderates) this.panel.pause(this.settings.slowSeconds);
    }
    const wait = own === undefined && this.settings.holdBack ? (this.playback.snapshot().latencySeconds ?? 0) : 0;
    this.feed.add(message, performance.now() + wait * 1000);
  }
}
