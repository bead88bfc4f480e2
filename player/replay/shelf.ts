import { say } from '../elements';
import type { Gate } from '../gate';
import type { Recording } from './catalogue';
import type { CatalogueState } from './feed';
import { recordingAddress } from './links';
import { dayText, lengthText } from './times';

/** Drawn in place of a poster: a play button in a frame. */
const DRAWING = 'M3.5 5.5h17v13h-17zM10 9.2v5.6l4.8-2.8z';
const SVG = 'http://www.w3.org/2000/svg';

/** The recordings of the catalogue, under the player. */
export class Shelf {
  private readonly section = document.createElement('section');
  private readonly note = document.createElement('p');
  private readonly list = document.createElement('ul');
  private gate: Gate | undefined;
  /** The recordings that are shown, as JSON. */
  private shown = '';

  /** @param chosen - called with the recording that the viewer wants to see. */
  constructor(private readonly chosen: (recording: Recording) => void) {
    this.section.id = 'shelf';
    this.section.className = 'shelf';
    this.section.hidden = true;
    this.section.setAttribute('aria-labelledby', 'shelf-title');
    const title = Object.assign(document.createElement('h2'), { id: 'shelf-title', textContent: 'Recordings' });
    this.note.setAttribute('role', 'status');
    this.section.append(title, this.note, this.list);
    document.querySelector('main')?.append(this.section);
  }

  /** Shows a catalogue. @param offered - false for a channel without recordings. */
  show(state: CatalogueState, offered: boolean, gate: Gate | undefined): void {
    this.gate = gate;
    const recordings = state.kind === 'catalogue' ? state.catalogue.recordings : [];
    this.section.hidden = !offered || state.kind === 'none';
    this.note.hidden = recordings.length > 0;
    say(
      this.note,
      state.kind === 'problem' ? state.sentence : recordings.length > 0 ? '' : 'There is no recording yet.',
    );
    const next = JSON.stringify(recordings);
    if (next === this.shown) return;
    this.shown = next;
    const focused = this.section.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : null;
    this.list.replaceChildren(...recordings.map((recording) => this.card(recording)));
    // The list is made anew; the viewer's place in it stays.
    for (const link of this.list.querySelectorAll('a')) if (link.getAttribute('href') === focused) link.focus();
  }

  /** Marks the recording that plays. */
  mark(recording: Recording | undefined): void {
    const playing = recording && recordingAddress(location.href, recording);
    for (const card of this.list.querySelectorAll('.card')) {
      if (card.getAttribute('href') === playing) card.setAttribute('aria-current', 'true');
      else card.removeAttribute('aria-current');
    }
  }

  private card(recording: Recording): HTMLLIElement {
    const { title, kind, start, seconds, mp4 } = recording;
    const item = document.createElement('li');
    const link = Object.assign(document.createElement('a'), {
      className: 'card',
      href: recordingAddress(location.href, recording),
    });
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.chosen(recording);
    });
    const facts = `${kind === 'clip' ? 'Clip' : 'Recording'} · ${dayText(start)}`;
    link.append(this.picture(recording), text('strong', title), text('span', facts));
    link.title = title;
    link.querySelector('.poster')?.append(text('span', lengthText(seconds)));
    item.append(link);
    if (mp4 !== undefined) item.append(this.download(mp4, title));
    return item;
  }

  private picture({ poster }: Recording): HTMLElement {
    const frame = Object.assign(document.createElement('span'), { className: 'poster' });
    if (poster === undefined) {
      frame.append(drawing());
      return frame;
    }
    const clean = new URL(poster, location.href).href;
    const image = Object.assign(document.createElement('img'), { alt: '', loading: 'lazy' as const });
    image.addEventListener('error', () => image.replaceWith(drawing()), { once: true });
    image.src = this.gate?.address(clean) ?? clean;
    frame.append(image);
    return frame;
  }

  private download(mp4: string, title: string): HTMLAnchorElement {
    const link = Object.assign(document.createElement('a'), { className: 'link', href: mp4, download: '' });
    link.textContent = 'Download';
    link.setAttribute('aria-label', `Download ${title} as MP4`);
    // The permission of the moment at which the viewer asks; an older one may have run out.
    const clean = new URL(mp4, location.href).href;
    link.addEventListener('click', () => {
      link.href = this.gate?.address(clean) ?? clean;
    });
    return link;
  }
}

function text(tag: 'strong' | 'span', content: string): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent: content });
}

function drawing(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = svg.appendChild(document.createElementNS(SVG, 'path'));
  path.setAttribute('class', 'line');
  path.setAttribute('d', DRAWING);
  return svg;
}
