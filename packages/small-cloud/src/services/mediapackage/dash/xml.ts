/** Formats an opening tag; attributes without a value are left out. */
export function element(name: string, attributes: Readonly<Record<string, string | number | undefined>>): string {
  const list = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}="${escaped(String(value))}"`],
  );
  return `<${[name, ...list].join(' ')}>`;
}

/** Escapes text for an attribute. */
export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}

/** Formats milliseconds since 1970 as an XML date. */
export function date(milliseconds: number): string {
  return new Date(Math.round(milliseconds)).toISOString();
}

/** Formats seconds as an XML duration. */
export function duration(seconds: number): string {
  return `PT${Math.round(seconds * 1e6) / 1e6}S`;
}

/** Formats a fraction in its lowest terms; a whole number without a denominator. */
export function fraction(numerator: number, denominator: number): string {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const by = divisor(numerator, denominator);
  return denominator === by ? String(numerator / by) : `${numerator / by}/${denominator / by}`;
}
