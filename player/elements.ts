/**
 * The element of the page with this id.
 *
 * @throws Error when `index.html` has no such element of this type: page and code come from different builds.
 */
export function element<T extends Element>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`index.html has no ${type.name} with the id “${id}”.`);
}

/** Sets the string of an element only when it changes: assistive technology and the layout then stay calm. */
export function say(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Names a button, in its tooltip and for assistive technology. */
export function label(target: Element, text: string): void {
  if (target.getAttribute('aria-label') === text) return;
  target.setAttribute('aria-label', text);
  target.setAttribute('title', text);
}

/** Shows one icon of the page's sprite in a button. */
export function icon(target: Element, name: string): void {
  const use = target.querySelector('use');
  if (use?.getAttribute('href') !== `#icon-${name}`) use?.setAttribute('href', `#icon-${name}`);
}

/** Fills a menu. Options change in place, so that a menu that the viewer has open stays open. */
export function fill(menu: HTMLSelectElement, options: readonly (readonly [value: string, text: string])[]): void {
  const present = [...menu.options];
  if (present.length !== options.length || options.some(([value], index) => present[index]?.value !== value)) {
    menu.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
    return;
  }
  options.forEach(([, text], index) => {
    const option = present[index];
    if (option !== undefined && option.text !== text) option.text = text;
  });
}
