/** An ad as the overlay shows it. */
export interface Spot {
  /** Position among the ads of the break, from 1, and their number; undefined while that is not known. */
  readonly number: number;
  readonly of: number | undefined;
  /** Seconds of the ad that have been shown, and its length; without an end while that is not known. */
  readonly shown: number;
  readonly seconds: number;
}

/** Words about the ad on the screen: which one it is, how long it lasts, and a button to skip it where that is allowed. */
export class Overlay {
  private readonly box = document.createElement('div');
  private readonly words = document.createElement('span');
  private readonly skip = document.createElement('button');
  private skipped: () => void = () => {};

  /** @param skipAfterSeconds - undefined for ads that cannot be skipped. */
  constructor(
    stage: Element,
    private readonly skipAfterSeconds: number | undefined,
  ) {
    this.box.className = 'ad';
    this.box.hidden = true;
    this.words.setAttribute('role', 'status');
    this.skip.className = 'ad-skip';
    this.skip.type = 'button';
    this.skip.textContent = 'Skip ad';
    this.skip.hidden = true;
    this.skip.addEventListener('click', () => this.skipped());
    this.box.append(this.words, this.skip);
    stage.append(this.box);
  }

  /** Shows an ad. @param skipped - skips it; undefined for an ad that is a part of the stream. */
  show(spot: Spot, skipped: (() => void) | undefined): void {
    this.skipped = skipped ?? (() => {});
    this.box.hidden = false;
    this.words.textContent = wordsOf(spot);
    const { skipAfterSeconds } = this;
    this.skip.hidden = skipped === undefined || skipAfterSeconds === undefined || spot.shown < skipAfterSeconds;
  }

  hide(): void {
    this.box.hidden = true;
    this.skip.hidden = true;
  }
}

/** Returns the words about an ad: `Ad 1 of 2 · 0:12`, without what is not known. */
export function wordsOf({ number, of, shown, seconds }: Spot): string {
  const left = Math.max(0, Math.ceil(seconds - shown));
  const name = of === undefined ? `Ad ${number}` : `Ad ${number} of ${of}`;
  if (!Number.isFinite(left)) return name;
  return `${name} · ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}
