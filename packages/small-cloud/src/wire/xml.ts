/** A tree of XML elements: text, or children by name. A list repeats its element; undefined omits it. */
export type Xml = string | number | boolean | { readonly [element: string]: Xml | readonly Xml[] | undefined };

/** Writes an XML document, as AWS services of the restXml protocol do. */
export function xmlDocument(root: string, namespace: string | undefined, content: Xml): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${render(content)}</${root}>`;
}

/** Reads the content of every element of a name: text with its entities resolved, or the markup of its children. */
export function xmlElements(text: string, name: string): readonly string[] {
  const found: string[] = [];
  const opening = new RegExp(`<${name}(?:\\s[^<>]*)?>`, 'g');
  const closing = `</${name}>`;
  // If no end follows one start, none follows a later one: searching again for each would take quadratic time.
  for (let start = opening.exec(text); start !== null; start = opening.exec(text)) {
    const end = text.indexOf(closing, opening.lastIndex);
    if (end < 0) break;
    const content = text.slice(opening.lastIndex, end);
    found.push(content.includes('<') ? content : unescaped(content));
    opening.lastIndex = end + closing.length;
  }
  return found;
}

function render(content: Xml): string {
  if (typeof content !== 'object') return escaped(String(content));
  return Object.entries(content)
    .flatMap(([name, value]) => (isList(value) ? value : [value]).map((item) => [name, item] as const))
    .map(([name, item]) => (item === undefined ? '' : `<${name}>${render(item)}</${name}>`))
    .join('');
}

function isList(value: Xml | readonly Xml[] | undefined): value is readonly Xml[] {
  return Array.isArray(value);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
const CHARACTERS = new Map(Object.entries(ENTITIES).map(([character, entity]) => [entity, character]));

function escaped(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character);
}

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|apos|[a-z]+);/gi, (entity, hex?: string, decimal?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return entity === '&apos;' ? "'" : (CHARACTERS.get(entity) ?? entity);
  });
}
