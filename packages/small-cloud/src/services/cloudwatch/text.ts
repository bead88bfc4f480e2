/** Writes a number with as many digits as a person reads. */
export function rounded(value: number): string {
  if (Math.abs(value) >= 1_000_000) return `${(value / 1_000_000).toFixed(1)} M`;
  if (Math.abs(value) >= 10_000) return `${(value / 1000).toFixed(0)} k`;
  return Number(value.toFixed(Math.abs(value) < 10 ? 2 : 0)).toString();
}

/** Writes text so that HTML takes it as text. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
