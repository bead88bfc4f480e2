import { element, label, say } from '../elements';
import type { BarView, Course } from './course';
import type { Preview } from './preview';

/** Seconds of one step of the keys and buttons, and of the larger one. */
const STEP_SECONDS = 10;
const LEAP_SECONDS = 60;

/** Offers of the row under the bar. */
export interface Offers {
  readonly beginning: () => void;
  /** Called with the address of the frame on the screen. */
  readonly copy: (address: string) => Promise<boolean>;
}

/** Shows a view in the bar of the page, which takes the place of the one for the live window. */
export class Bar {
  private readonly area = document.createElement('div');
  private readonly slider = document.createElement('input');
  private readonly row = document.createElement('div');
  private readonly clock = document.createElement('span');
  private readonly beginning: HTMLButtonElement;
  private readonly copy: HTMLButtonElement;
  private readonly plain = element('seek', HTMLInputElement);
  private readonly live = element('live', HTMLButtonElement);
  private course: Course | undefined;
  /** Hides the bubble some time after the last key. */
  private rest: ReturnType<typeof setTimeout> | undefined;
  /** True while the viewer holds the thumb, which is then not moved. */
  private dragging = false;

  constructor(
    private readonly preview: Preview,
    offers: Offers,
  ) {
    Object.assign(this.slider, { id: 'timeline', className: 'seek', type: 'range', step: 'any' });
    this.slider.setAttribute('aria-label', 'Position');
    this.area.className = 'timeline';
    this.area.append(this.slider, preview.bubble);
    this.clock.className = 'clock';
    this.clock.id = 'clock';
    this.beginning = button('beginning', 'From the beginning', offers.beginning);
    this.copy = button('copy-moment', 'Copy link to this moment', () => void this.copied(offers));
    const back = button('back', '−10 s', () => this.course?.by(-STEP_SECONDS));
    const forward = button('forward', '+10 s', () => this.course?.by(STEP_SECONDS));
    label(back, 'Back 10 seconds');
    label(forward, 'Forward 10 seconds');
    this.row.className = 'moments';
    this.row.append(back, forward, this.clock, this.beginning, this.copy);
    this.plain.before(this.area);
    document.querySelector('.buttons')?.after(this.row);
    this.listen();
    this.show(undefined, undefined, false);
  }

  /** Shows a course; undefined gives the page its own bar back. */
  show(course: Course | undefined, view: BarView | undefined, beginning: boolean): void {
    this.course = course;
    this.plain.hidden = course !== undefined;
    this.area.hidden = this.row.hidden = course === undefined;
    this.beginning.hidden = !beginning;
    this.slider.disabled = view === undefined;
    this.copy.disabled = course?.address() === undefined;
    if (course === undefined) return;
    this.showLive(view);
    if (this.dragging || view === undefined) return;
    Object.assign(this.slider, { min: String(view.start), max: String(view.end), value: String(view.at) });
    this.slider.setAttribute('aria-valuetext', view.words);
    this.paint();
  }

  private showLive({ clock, label: behind, lit }: Pick<BarView, 'clock' | 'label' | 'lit'> = NOWHERE): void {
    say(this.clock, clock);
    say(element('behind', HTMLElement), behind);
    say(element('live-text', HTMLElement), lit ? 'Live' : 'Go live');
    this.live.toggleAttribute('data-lit', lit);
    this.live.disabled = false;
    label(this.live, lit ? 'Live: at the live edge' : 'Go live (L)');
  }

  private listen(): void {
    const { slider, preview } = this;
    slider.addEventListener('input', () => {
      this.dragging = true;
      this.paint();
      this.point(this.share(), slider.valueAsNumber);
    });
    slider.addEventListener('change', () => {
      this.dragging = false;
      preview.hide();
      this.course?.go(slider.valueAsNumber);
    });
    slider.addEventListener('keydown', (event) => this.press(event));
    slider.addEventListener('pointermove', ({ offsetX }) => {
      if (this.dragging || slider.disabled) return;
      const share = Math.min(Math.max(offsetX / slider.clientWidth, 0), 1);
      this.point(share, Number(slider.min) + share * (Number(slider.max) - Number(slider.min)));
    });
    slider.addEventListener('pointerleave', () => preview.hide());
    slider.addEventListener('blur', () => preview.hide());
    slider.addEventListener('focus', () => {
      if (slider.matches(':focus-visible')) this.point(this.share(), slider.valueAsNumber);
    });
  }

  /** Steps that are the same on every bar, whatever its length. */
  private press(event: KeyboardEvent): void {
    const { course } = this;
    const steps: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => course?.by(-STEP_SECONDS),
      ArrowDown: () => course?.by(-STEP_SECONDS),
      ArrowRight: () => course?.by(STEP_SECONDS),
      ArrowUp: () => course?.by(STEP_SECONDS),
      PageDown: () => course?.by(-LEAP_SECONDS),
      PageUp: () => course?.by(LEAP_SECONDS),
      Home: () => course?.go(Number(this.slider.min)),
      End: () => course?.go(Number(this.slider.max)),
    };
    const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step();
    // The bar is brought up to date some times a second; the bubble is there at once.
    setTimeout(() => this.point(this.share(), this.slider.valueAsNumber), STEP_SHOWN_MILLISECONDS);
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.preview.hide(), REST_MILLISECONDS);
  }

  private point(share: number, at: number): void {
    if (this.course !== undefined) this.preview.show(share, at, this.course.textAt(at));
  }

  private share(): number {
    const [start, end] = [Number(this.slider.min), Number(this.slider.max)];
    return end > start ? (this.slider.valueAsNumber - start) / (end - start) : 1;
  }

  private paint(): void {
    this.slider.style.setProperty('--at', `${this.share() * 100}%`);
  }

  private async copied({ copy }: Offers): Promise<void> {
    const address = this.course?.address();
    if (address === undefined || !(await copy(address))) return;
    say(this.copy, 'Copied');
    setTimeout(() => say(this.copy, 'Copy link to this moment'), COPIED_MILLISECONDS);
  }
}

/** The view while no position is known. */
const NOWHERE = { clock: '', label: '', lit: false };
/** Time after a step within which the bar has moved. */
const STEP_SHOWN_MILLISECONDS = 300;
/** Time after the last key at which the bubble goes. */
const REST_MILLISECONDS = 2000;
/** Time that the button says that it has copied. */
const COPIED_MILLISECONDS = 2000;

function button(id: string, text: string, pressed: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  Object.assign(made, { id, type: 'button', className: 'link', textContent: text });
  made.addEventListener('click', pressed);
  return made;
}
