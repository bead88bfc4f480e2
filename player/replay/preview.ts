import type { Gate } from '../gate';
import { type Frame, frameAt, loadStoryboard } from './storyboard';

/** Width of the picture, in CSS pixels. */
const WIDTH = 160;

/** The bubble over the bar: the time, and a picture where the recording has some. */
export class Preview {
  readonly bubble = document.createElement('div');
  private readonly text = document.createElement('span');
  private readonly crop = document.createElement('div');
  private readonly image = document.createElement('img');
  private frames: readonly Frame[] = [];
  /** Path of the storyboard that is shown. */
  private storyboard: string | undefined;
  private gate: Gate | undefined;

  constructor() {
    this.bubble.className = 'bubble';
    this.bubble.hidden = true;
    // The slider itself tells its value.
    this.bubble.setAttribute('aria-hidden', 'true');
    this.crop.className = 'frame';
    this.image.alt = '';
    this.image.addEventListener('error', () => this.showFrame(undefined));
    this.crop.append(this.image);
    this.bubble.append(this.crop, this.text);
    this.showFrame(undefined);
  }

  /** Shows the pictures of another recording, or none. */
  async follow(storyboard: string | undefined, gate: Gate | undefined): Promise<void> {
    this.gate = gate;
    if (storyboard === this.storyboard) return;
    this.storyboard = storyboard;
    this.frames = [];
    if (storyboard === undefined) return;
    const clean = new URL(storyboard, location.href).href;
    const frames = await loadStoryboard(gate?.address(clean) ?? clean, clean);
    if (storyboard === this.storyboard) this.frames = frames;
  }

  /** Shows the bubble over a share of the bar. */
  show(share: number, at: number, text: string): void {
    this.bubble.hidden = false;
    this.text.textContent = text;
    this.showFrame(this.storyboard === undefined ? undefined : frameAt(this.frames, at / 1000));
    this.bubble.style.left = `clamp(${this.bubble.offsetWidth / 2}px, ${share * 100}%, 100% - ${this.bubble.offsetWidth / 2}px)`;
  }

  hide(): void {
    this.bubble.hidden = true;
  }

  private showFrame(frame: Frame | undefined): void {
    this.crop.hidden = frame === undefined;
    if (frame === undefined) return;
    const { url, crop } = frame;
    const address = this.gate?.address(url) ?? url;
    if (this.image.getAttribute('src') !== address) this.image.src = address;
    const scale = crop === undefined ? 1 : WIDTH / Math.max(1, crop.width);
    this.crop.toggleAttribute('data-whole', crop === undefined);
    this.crop.style.width = `${WIDTH}px`;
    this.crop.style.height = `${crop === undefined ? (WIDTH * 9) / 16 : crop.height * scale}px`;
    this.image.style.transform = crop === undefined ? '' : `scale(${scale}) translate(${-crop.x}px, ${-crop.y}px)`;
  }
}
