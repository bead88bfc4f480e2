/** One measured figure, with a note on how it was measured and its goal. */
export interface Row {
  readonly what: string;
  readonly value: string;
  readonly note: string;
}

/** A section of the report. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** Prints a section as a Markdown table. */
export function print({ title, rows }: Section): void {
  const widths = (['what', 'value', 'note'] as const).map((key) => Math.max(...rows.map((row) => row[key].length)));
  console.log(`\n## ${title}\n`);
  const line = (cells: readonly string[]) =>
    console.log(`| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`);
  line(['', '', '']);
  console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  for (const { what, value, note } of rows) line([what, value, note]);
}

/** The median of some numbers; the upper one of two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The slope of some points by least squares: growth of the second number for each 1 of the first. */
export function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([one]) => one)), mean(points.map(([, one]) => one))];
  const along = points.reduce((sum, [one, other]) => sum + (one - x) * (other - y), 0);
  return along / points.reduce((sum, [one]) => sum + (one - x) ** 2, 0);
}

/** Formats a duration: seconds, or milliseconds below one second. */
export function time(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}
