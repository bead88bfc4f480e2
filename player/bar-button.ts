import { element } from './elements';

const SVG = 'http://www.w3.org/2000/svg';

/** A button at the right end of the bar, made after the first frame. Its icon is drawn with lines in a square of 24. */
export class BarButton {
  readonly button = document.createElement('button');
  private readonly path = document.createElementNS(SVG, 'path');

  /** @param icon - data of the icon's path. */
  constructor(id: string, icon: string) {
    Object.assign(this.button, { id, className: 'button', type: 'button' });
    const svg = this.button.appendChild(document.createElementNS(SVG, 'svg'));
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    svg.appendChild(this.path).setAttribute('class', 'line');
    this.show(icon);
    element('further', HTMLElement).append(this.button);
  }

  /** Changes the icon. */
  show(icon: string): void {
    this.path.setAttribute('d', icon);
  }
}
