import { MOST_SHOWN } from './feed';
import type { ChatMessage } from './protocol';

/** Actions of a moderator on a message. */
export type Moderation = 'delete' | 'mute' | 'ban';

const ACTIONS: readonly (readonly [action: Moderation, text: string])[] = [
  ['delete', 'Delete'],
  ['mute', 'Mute'],
  ['ban', 'Ban'],
];

/** Number of colours of names. */
const HUES = 8;

/** Distance from the end of the list, in pixels, within which it follows the newest message. */
const AT_END = 40;

/** The messages in the page: the newest 200. */
export class MessageList {
  readonly element = Object.assign(document.createElement('ol'), { className: 'chat-list', tabIndex: 0 });

  /** @param moderate - called for a button of a moderator. */
  constructor(private readonly moderate: (action: Moderation, message: ChatMessage) => void) {
    this.element.setAttribute('role', 'log');
    this.element.setAttribute('aria-label', 'Messages');
  }

  /** Adds messages. @param moderates - whether this viewer moderates. */
  add(messages: readonly ChatMessage[], moderates: boolean): void {
    if (messages.length === 0) return;
    const { element } = this;
    const follows = element.scrollHeight - element.scrollTop - element.clientHeight < AT_END;
    element.append(...messages.map((message) => this.line(message, moderates)));
    while (element.childElementCount > MOST_SHOWN) element.firstElementChild?.remove();
    if (follows) element.scrollTop = element.scrollHeight;
  }

  /** Removes a message. */
  delete(id: string): void {
    this.element.querySelector(`[data-id="${CSS.escape(id)}"]`)?.remove();
  }

  /** A stream of messages that nobody can listen to is not read out. */
  hush(busy: boolean): void {
    this.element.setAttribute('aria-live', busy ? 'off' : 'polite');
  }

  clear(): void {
    this.element.replaceChildren();
  }

  private line(message: ChatMessage, moderates: boolean): HTMLLIElement {
    const line = document.createElement('li');
    line.dataset['id'] = message.id;
    const name = Object.assign(document.createElement('b'), { textContent: message.name });
    name.dataset['hue'] = String(hueOf(message.user));
    if (message.moderates) name.append(Object.assign(document.createElement('small'), { textContent: 'moderator' }));
    line.append(name, Object.assign(document.createElement('span'), { textContent: message.text }));
    // The operator's command takes these ids.
    if (moderates) line.title = `Message ${message.id}, user ${message.user}`;
    if (moderates && !message.moderates) line.append(this.buttons(message));
    return line;
  }

  private buttons(message: ChatMessage): HTMLSpanElement {
    const group = Object.assign(document.createElement('span'), { className: 'chat-actions' });
    for (const [action, text] of ACTIONS) {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: text });
      button.setAttribute(
        'aria-label',
        action === 'delete' ? `Delete the message of ${message.name}` : `${text} ${message.name}`,
      );
      button.addEventListener('click', () => this.moderate(action, message));
      group.append(button);
    }
    return group;
  }
}

function hueOf(user: string): number {
  let sum = 0;
  for (const sign of user) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 65_521;
  return sum % HUES;
}
