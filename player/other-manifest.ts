import type { Wish } from './choice';
import { element } from './elements';

/** Wires the form for another manifest, and the button that dismisses a notice. @param open - takes the viewer's wish. */
export function wireOtherManifest(open: (wish: Wish) => void): void {
  const other = element('other-url', HTMLInputElement);
  element('other-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    open({ manifest: other.value.trim() });
  });
  element('other-close', HTMLButtonElement).addEventListener('click', () => {
    other.value = '';
    open({});
  });
  element('notice-close', HTMLButtonElement).addEventListener('click', () => {
    element('notice', HTMLElement).hidden = true;
  });
}
