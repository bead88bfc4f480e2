import { DOMParser } from '@xmldom/xmldom';

/** An element of an XML document. Its name has the prefix that the document gives it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

/** The type of the nodes of a document that are elements, text, and text in CDATA. */
const NODE = { element: 1, text: 3, data: 4 } as const;

/**
 * Reads an XML document. Comments, processing instructions and the space between elements are left out.
 *
 * @throws Error for a text that is no XML.
 */
export function readXml(text: string): Element {
  const refuse = (sentence: string): never => {
    throw new Error(`the text is no XML: ${sentence.split('\n')[0]}`);
  };
  const errorHandler = { warning: refuse, error: refuse, fatalError: refuse };
  const { documentElement: root } = new DOMParser({ errorHandler }).parseFromString(text, 'text/xml');
  return root === null ? refuse('it has no element') : treeOf(root);
}

function treeOf({ nodeName: name, attributes, childNodes }: globalThis.Element): Element {
  const pairs = Array.from(attributes, (one) => [one.name, one.value]);
  const children = Array.from(childNodes).flatMap((node): readonly (Element | string)[] => {
    if (node.nodeType === NODE.element) return [treeOf(node as globalThis.Element)];
    const data = node.nodeValue ?? '';
    if (node.nodeType === NODE.data) return [data];
    return node.nodeType === NODE.text && data.trim() !== '' ? [data.trim()] : [];
  });
  return { name, attributes: Object.fromEntries(pairs), children };
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

/** Lists the elements of a name within an element, however deep, in their order. */
export function descendants(parent: Element, name: string): readonly Element[] {
  return elementsOf(parent).flatMap((child) => (localName(child) === name ? [child] : descendants(child, name)));
}

/** Finds the first element of a name within an element, however deep. */
export function descendant(parent: Element, name: string): Element | undefined {
  return descendants(parent, name)[0];
}

/** Returns the text of an element. */
export function textOf({ children }: Element): string {
  return children.filter((child) => typeof child === 'string').join('');
}

/** Returns the name of an element without its prefix. */
export function localName({ name }: Pick<Element, 'name'>): string {
  return name.slice(name.indexOf(':') + 1);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
