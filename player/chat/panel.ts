import { say } from '../elements';
import type { ChatState } from './connection';
import { MessageList, type Moderation } from './list';
import type { ChatMessage } from './protocol';

/** Actions of the viewer. */
export interface PanelActions {
  /** Sends a message. */
  readonly say: (text: string) => void;
  /** Takes a name. */
  readonly join: (name: string) => void;
  readonly moderate: (action: Moderation, message: ChatMessage) => void;
}

/** The panel beside the picture: the messages, and a form for a name or a message. */
export class ChatPanel {
  readonly list: MessageList;
  private readonly section = Object.assign(document.createElement('section'), { id: 'chat', className: 'chat' });
  private readonly note = Object.assign(document.createElement('p'), { className: 'chat-note' });
  private readonly form = Object.assign(document.createElement('form'), { className: 'chat-form' });
  private readonly field = Object.assign(document.createElement('input'), { type: 'text', autocomplete: 'off' });
  private readonly button = Object.assign(document.createElement('button'), { className: 'button solid' });
  private asksName = true;

  constructor(
    private readonly actions: PanelActions,
    private readonly messageLength: number,
  ) {
    this.list = new MessageList(actions.moderate);
    this.section.setAttribute('aria-labelledby', 'chat-title');
    this.note.setAttribute('role', 'status');
    const title = Object.assign(document.createElement('h2'), { id: 'chat-title', textContent: 'Chat' });
    this.form.append(this.field, this.button);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = this.field.value.trim();
      if (text === '' || this.button.disabled) return;
      if (this.asksName) this.actions.join(text);
      else this.actions.say(text);
    });
    this.section.append(title, this.list.element, this.note, this.form);
    document.querySelector('main')?.append(this.section);
  }

  /** Shows or hides the chat. */
  show(visible: boolean): void {
    this.section.hidden = !visible;
    document.documentElement.toggleAttribute('data-chat', visible);
  }

  /** Shows the state of the connection. */
  state(state: ChatState): void {
    this.section.dataset['state'] = state.kind;
    const place = state.kind === 'open' ? state.place : undefined;
    this.button.disabled = place === undefined && state.kind !== 'bad-name';
    if (state.kind === 'waiting' || state.kind === 'bad-name') this.tell(state.words);
    if (state.kind === 'connecting') this.tell('Connecting…');
    if (place === undefined) return;
    this.tell(place.muted ? 'A moderator has muted you. You can read.' : '');
    this.form.hidden = place.muted;
    this.ask(place.name === '');
  }

  /** Takes the chat off the page. */
  remove(): void {
    this.show(false);
    this.section.remove();
  }

  /** Says something about the viewer's own messages. */
  tell(words: string): void {
    say(this.note, words);
  }

  /** Empties the field when a message has arrived. */
  sent(text: string): void {
    if (this.field.value.trim() === text) this.field.value = '';
  }

  /** Lets the viewer wait between two messages. */
  pause(seconds: number): void {
    this.button.disabled = true;
    setTimeout(() => {
      this.button.disabled = this.section.dataset['state'] !== 'open';
    }, seconds * 1000);
  }

  /** Asks for a name in place of a message. */
  private ask(name: boolean): void {
    const hint = name ? 'Your name in the chat' : 'Say something';
    if (name !== this.asksName) this.field.value = '';
    this.asksName = name;
    this.field.maxLength = name ? 30 : this.messageLength;
    this.field.placeholder = hint;
    this.field.setAttribute('aria-label', hint);
    say(this.button, name ? 'Join' : 'Send');
  }
}
