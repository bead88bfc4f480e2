import { element } from '../elements';
import type { Press } from './state';
import { deviceText, type PanelContent } from './words';

/** The panel in place of the video, and the viewer's account in the head of the page. */
export class AccessPanel {
  private readonly panel = make('section', { className: 'access', hidden: true });
  private readonly account = make('div', { className: 'account', hidden: true });
  /** The content that is shown, as JSON. */
  private shown = '';

  /** @param pressed - called with the button that the viewer pressed. */
  constructor(private readonly pressed: (press: Press) => void) {
    document.head.append(make('link', { rel: 'stylesheet', href: './access.css' }));
    this.panel.setAttribute('aria-labelledby', 'access-title');
    element('stage', HTMLElement).append(this.panel);
    const signOut = this.button('sign-out', 'Sign out', 'link');
    this.account.append(make('span', { textContent: 'Signed in' }), signOut);
    document.querySelector('.head')?.append(this.account);
  }

  /** Shows content in place of the video, or the video. A panel that stays the same is left alone, and keeps its focus. */
  show(content: PanelContent | undefined, signedIn: boolean): void {
    this.account.hidden = !signedIn;
    const next = JSON.stringify(content) ?? '';
    if (next === this.shown) return;
    this.shown = next;
    const hadFocus = this.panel.contains(document.activeElement);
    this.panel.hidden = content === undefined;
    this.panel.replaceChildren(...(content === undefined ? [] : this.parts(content)));
    // Focus would otherwise fall back to the top of the page.
    if (hadFocus) (this.panel.querySelector('button') ?? element('play', HTMLButtonElement)).focus();
  }

  private parts({ headline, detail, devices, offers }: PanelContent): readonly HTMLElement[] {
    const parts: HTMLElement[] = [make('h2', { id: 'access-title', textContent: headline })];
    parts.push(make('p', { textContent: detail }));
    if (devices.length > 0) {
      const list = make('ul', {});
      list.append(...devices.map((device) => make('li', { textContent: deviceText(device) })));
      parts.push(list);
    }
    parts.push(...offers.map(({ press, text }) => this.button(press, text, 'offer')));
    return parts;
  }

  private button(press: Press, text: string, className: string): HTMLButtonElement {
    const button = make('button', { type: 'button', textContent: text, className });
    button.addEventListener('click', () => this.pressed(press));
    return button;
  }
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties);
}
