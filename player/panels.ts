import { BarButton } from './bar-button';
import { element, label } from './elements';
import type { History, Snapshot } from './snapshot';

/** A panel beside the video. A new one is a file that draws it, and a row in {@link PANELS}. */
export interface Panel {
  /** Id of the panel's element; its button is `<id>-toggle`. */
  readonly id: string;
  /** Name on the button and in the list of keys. */
  readonly title: string;
  /** Name of the panel for assistive technology. */
  readonly label: string;
  /** Icon on the button: the path of a line in a square of 24. */
  readonly icon: string;
  /** Letter that opens and closes it, small; no other shortcut may have it. */
  readonly key: string;
  /** Loads the code that builds the panel in its empty element. It returns the function that brings it up to date. */
  readonly load: () => Promise<(panel: HTMLElement) => (history: History) => void>;
}

/** Every panel, in the order of the buttons. One is open at a time. */
export const PANELS: readonly Panel[] = [
  {
    id: 'stats',
    title: 'Stats',
    label: 'Measurements',
    icon: 'M4 17l4.5-6 4 3.5L20 6M4 20.5h16',
    key: 's',
    load: async () => (await import('./stats')).statsPanel,
  },
];

/** Two snapshots a second for one minute. */
const HISTORY_MILLISECONDS = 500;
const HISTORY_LENGTH = 120;

/** A panel on the page. */
interface Placed extends Panel {
  readonly target: HTMLElement;
  readonly button: HTMLButtonElement;
  draw?: (history: History) => void;
}

/** Opens and closes the panels, and draws the one that is open. */
export class Panels {
  private history: History = [];
  private readonly placed: readonly Placed[] = PANELS.map((panel) => this.place(panel));

  /** @param snapshot - returns the state of the player at this moment. */
  constructor(snapshot: () => Snapshot) {
    setInterval(() => {
      this.history = [...this.history, snapshot()].slice(-HISTORY_LENGTH);
      this.draw();
    }, HISTORY_MILLISECONDS);
  }

  /** Opens a panel and closes the others, or closes it. */
  async toggle(id: string): Promise<void> {
    for (const one of this.placed) {
      one.target.hidden = one.id !== id || !one.target.hidden;
      one.button.setAttribute('aria-expanded', String(!one.target.hidden));
    }
    const open = this.placed.find(({ target }) => !target.hidden);
    document.documentElement.toggleAttribute('data-panel', open !== undefined);
    if (open === undefined) return;
    const build = await open.load();
    open.draw ??= build(open.target);
    this.draw();
  }

  /** Forgets the snapshots of another stream. */
  clear(): void {
    this.history = [];
  }

  private draw(): void {
    if (this.history.length === 0) return;
    for (const { target, draw } of this.placed) if (!target.hidden) draw?.(this.history);
  }

  private place(panel: Panel): Placed {
    const { id, title, key } = panel;
    const target = element('panels', HTMLElement).appendChild(document.createElement('aside'));
    Object.assign(target, { id, className: `panel ${id}`, hidden: true });
    target.setAttribute('aria-label', panel.label);
    const { button } = new BarButton(`${id}-toggle`, panel.icon);
    button.append(Object.assign(document.createElement('span'), { className: 'wide', textContent: title }));
    label(button, `${title} (${key.toUpperCase()})`);
    button.setAttribute('aria-controls', id);
    button.setAttribute('aria-expanded', 'false');
    button.addEventListener('click', () => void this.toggle(id));
    return { ...panel, target, button };
  }
}
