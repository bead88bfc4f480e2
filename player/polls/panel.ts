import { say } from '../elements';
import type { Question } from './question';

/** Width of a page up to which the picture is too small for a question over it. */
const NARROW = matchMedia('(width < 40rem)');

/** A question over the picture, on a phone below it: a button for each option, and the result after the vote. */
export class PollPanel {
  private readonly box = document.createElement('section');
  private readonly heading = document.createElement('h2');
  private readonly list = document.createElement('div');
  private readonly words = document.createElement('p');
  private options: { readonly button: HTMLButtonElement; readonly share: HTMLElement }[] = [];

  /** @param voted - takes the position of the option that was chosen. */
  constructor(
    private readonly stage: Element,
    private readonly voted: (option: number) => void,
  ) {
    this.box.className = 'poll';
    this.box.hidden = true;
    this.heading.id = 'poll-question';
    this.box.setAttribute('aria-labelledby', this.heading.id);
    this.heading.setAttribute('aria-live', 'polite');
    this.list.className = 'poll-options';
    this.words.setAttribute('role', 'status');
    this.box.append(this.heading, this.list, this.words);
    this.place();
    NARROW.addEventListener('change', this.place);
    document.addEventListener('fullscreenchange', this.place);
  }

  private readonly place = (): void => {
    const isBelow = NARROW.matches && document.fullscreenElement === null;
    this.box.toggleAttribute('data-below', isBelow);
    if (isBelow) this.stage.after(this.box);
    else this.stage.append(this.box);
  };

  /** Shows a question with its options. */
  ask({ question, options }: Question): void {
    this.options = options.map((text, index) => {
      const button = document.createElement('button');
      const share = document.createElement('span');
      button.type = 'button';
      button.addEventListener('click', () => this.voted(index));
      button.append(text, share);
      return { button, share };
    });
    this.list.replaceChildren(...this.options.map(({ button }) => button));
    this.tell('');
    this.box.hidden = false;
    this.heading.textContent = question;
  }

  /** Lets the viewer choose, or not. @param chosen - position of the option of this viewer. */
  open(open: boolean, chosen?: number): void {
    for (const [index, { button }] of this.options.entries()) {
      button.disabled = !open;
      button.setAttribute('aria-pressed', String(index === chosen));
    }
  }

  /** Shows the votes of each option. */
  result(counts: readonly number[]): void {
    const all = counts.reduce((sum, one) => sum + one, 0);
    for (const [index, { button, share }] of this.options.entries()) {
      const percent = all === 0 ? 0 : Math.round((100 * (counts[index] ?? 0)) / all);
      button.style.setProperty('--share', `${percent}%`);
      say(share, `${percent} %`);
    }
    this.box.dataset['votes'] = String(all);
  }

  /** Shows a sentence below the options. */
  tell(sentence: string): void {
    say(this.words, sentence);
  }

  hide(): void {
    this.box.hidden = true;
    delete this.box.dataset['votes'];
  }

  remove(): void {
    NARROW.removeEventListener('change', this.place);
    document.removeEventListener('fullscreenchange', this.place);
    this.box.remove();
  }
}
