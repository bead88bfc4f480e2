import { element } from './elements';
import { PANELS } from './panels';

/** Actions that keys call. */
export interface KeyActions {
  toggle(): void;
  mute(): void;
  fullscreen(): void;
  live(): void;
  /** Opens or closes a panel, by its id. */
  panel(id: string): void;
  /** Seconds, negative for back. */
  seekBy(delta: number): void;
  /** Volume from 0 to 1, negative for quieter. */
  louder(delta: number): void;
}

/** One line of the key list. `keys` are values of `KeyboardEvent.key`, letters small; `caps` are the characters printed on them. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly caps: readonly string[];
  readonly words: string;
  /** @param index - index of the key that was pressed. */
  readonly run: (actions: KeyActions, index: number) => void;
}

/** Every key except `?`, which shows this list. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: [' ', 'k'], caps: ['Space', 'K'], words: 'Play or pause', run: (actions) => actions.toggle() },
  { keys: ['l'], caps: ['L'], words: 'Go live', run: (actions) => actions.live() },
  {
    keys: ['ArrowLeft', 'ArrowRight'],
    caps: ['←', '→'],
    words: 'Back or forward 10 seconds',
    run: (actions, index) => actions.seekBy(index === 0 ? -10 : 10),
  },
  {
    keys: ['ArrowUp', 'ArrowDown'],
    caps: ['↑', '↓'],
    words: 'Volume',
    run: (actions, index) => actions.louder(index === 0 ? 0.1 : -0.1),
  },
  { keys: ['m'], caps: ['M'], words: 'Mute or unmute', run: (actions) => actions.mute() },
  { keys: ['f'], caps: ['F'], words: 'Full screen', run: (actions) => actions.fullscreen() },
  ...PANELS.map(({ id, key, title }) => ({
    keys: [key],
    caps: [key.toUpperCase()],
    words: title,
    run: (actions: KeyActions) => actions.panel(id),
  })),
];

/** The action of a key; undefined for a key without one. */
export function keyAction(key: string, actions: KeyActions): (() => void) | undefined {
  const wanted = key.length === 1 ? key.toLowerCase() : key;
  for (const { keys, run } of SHORTCUTS) {
    const index = keys.indexOf(wanted);
    if (index >= 0) return () => run(actions, index);
  }
  return undefined;
}

/** Listens to the whole page, except where a key already means something: in fields, menus, and on a focused button. */
export function listenToKeys(actions: KeyActions): void {
  const help = keyList();
  element('keys-open', HTMLButtonElement).addEventListener('click', () => help.showModal());
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const { target, key } = event;
    if (target instanceof Element && isTaken(target, key)) return;
    const action = key === '?' ? () => help.showModal() : keyAction(key, actions);
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}

function isTaken(target: Element, key: string): boolean {
  if (target.matches('input[type="range"]')) return key.startsWith('Arrow');
  if (target.matches('input, select, textarea')) return true;
  return key === ' ' && target.matches('button, summary, a');
}

function keyList(): HTMLDialogElement {
  const make = <K extends keyof HTMLElementTagNameMap>(tag: K, ...content: (Node | string)[]) => {
    const made = document.createElement(tag);
    made.append(...content);
    return made;
  };
  const lines = [...SHORTCUTS, { caps: ['?'], words: 'This list' }].map(({ caps, words }) =>
    make('div', make('dt', ...caps.map((cap) => make('kbd', cap))), make('dd', words)),
  );
  const title = make('h2', 'Keyboard shortcuts');
  title.id = 'keys-title';
  const close = make('button', 'Close');
  close.className = 'button';
  const form = make('form', title, close);
  form.method = 'dialog';
  const dialog = make('dialog', form, make('dl', ...lines));
  dialog.className = 'keys';
  dialog.setAttribute('aria-labelledby', title.id);
  return document.body.appendChild(dialog);
}
