/** An element of an XML document. Its name has the prefix that the document gives it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>|<(\/?)([^\s<>/]+)([^<>]*?)(\/?)>/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads an XML document. Comments and processing instructions are left out.
 *
 * @throws Error for elements that do not close one another.
 */
export function readXml(text: string): Element {
  const root: { children: (Element | string)[] } = { children: [] };
  const open: { name: string; attributes: Record<string, string>; children: (Element | string)[] }[] = [];
  let end = 0;
  for (const token of text.matchAll(TOKEN)) {
    const [whole, data, closing, name = '', attributes = '', empty] = token;
    const { children } = open.at(-1) ?? root;
    const before = text.slice(end, token.index);
    if (before.trim() !== '') children.push(unescaped(before.trim()));
    end = token.index + whole.length;
    if (data !== undefined) children.push(data);
    if (name === '') continue;
    if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`the XML closes ${name}, which is not open`);
      continue;
    }
    const pairs = [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', one, other]) => [
      key,
      unescaped(one ?? other ?? ''),
    ]);
    const element = { name, attributes: Object.fromEntries(pairs), children: [] };
    children.push(element);
    if (empty !== '/') open.push(element);
  }
  const [first] = elementsOf(root);
  if (first === undefined || open.length > 0) throw new Error('the XML ends too early');
  return first;
}

/** Writes an XML document. */
export function writeXml(element: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(element, '')}\n`;
}

function written({ name, attributes, children }: Element, indent: string): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const tag = `${indent}<${name}${pairs.join('')}`;
  if (children.length === 0) return `${tag}/>`;
  if (children.every((child) => typeof child === 'string')) {
    return `${tag}>${children.map((child) => escaped(String(child))).join('')}</${name}>`;
  }
  const lines = children.map((child) =>
    typeof child === 'string' ? `${indent}  ${escaped(child)}` : written(child, `${indent}  `),
  );
  return [`${tag}>`, ...lines, `${indent}</${name}>`].join('\n');
}

/** Makes an element. An attribute without a value is left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children: readonly (Element | string)[] = [],
): Element {
  const pairs = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return { name, attributes: Object.fromEntries(pairs), children };
}

/** Returns the elements within an element, those of a name where one is given. Prefixes do not count. */
export function elementsOf({ children }: Pick<Element, 'children'>, name?: string): readonly Element[] {
  return children.flatMap((child) =>
    typeof child === 'string' || (name !== undefined && localName(child) !== name) ? [] : [child],
  );
}

/** Finds the first element of a name within an element, however deep. */
export function descendant(parent: Element, name: string): Element | undefined {
  for (const child of elementsOf(parent)) {
    const found = localName(child) === name ? child : descendant(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns the text of an element. */
export function textOf({ children }: Element): string {
  return children.filter((child) => typeof child === 'string').join('');
}

/** Returns the name of an element without its prefix. */
export function localName({ name }: Pick<Element, 'name'>): string {
  return name.slice(name.indexOf(':') + 1);
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(x?)([0-9a-f]+)|(\w+));/gi, (whole, hex: string, code: string | undefined, name: string) =>
    code === undefined ? (NAMED[name] ?? whole) : String.fromCodePoint(Number.parseInt(code, hex === '' ? 10 : 16)),
  );
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
