import { escaped, rounded } from './text';

/** One line of a chart. */
export interface Series {
  readonly label: string;
  /** Values in equal steps, the newest last; undefined where there is no data. */
  readonly values: readonly (number | undefined)[];
}

const WIDTH = 300;
const HEIGHT = 110;
/** Number of colours that the page's style has for lines. */
const COLOURS = 6;

/** Draws a line chart as SVG, with its largest value and a legend. Minutes without data are gaps. */
export function chart(series: readonly Series[]): string {
  const there = series.flatMap(({ values }) => values.filter((value) => value !== undefined));
  const legend = series
    .map(({ label, values }, index) => {
      const newest = values.at(-1);
      return `<li class="c${index % COLOURS}">${escaped(label)} <b>${newest === undefined ? '–' : rounded(newest)}</b></li>`;
    })
    .join('');
  if (there.length === 0) return `<p class="none">no data</p><ul class="legend">${legend}</ul>`;
  const top = Math.max(...there, 0);
  const bottom = Math.min(...there, 0);
  const range = top - bottom || 1;
  const y = (value: number) => HEIGHT - 4 - ((value - bottom) / range) * (HEIGHT - 8);
  const lines = series.map(({ values }, index) => `<path class="c${index % COLOURS}" d="${path(values, y)}"/>`);
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img"><line x1="0" x2="${WIDTH}" y1="${y(0)}" y2="${y(0)}"/>${lines.join('')}</svg><p class="scale">up to ${rounded(top)}</p><ul class="legend">${legend}</ul>`;
}

function path(values: readonly (number | undefined)[], y: (value: number) => number): string {
  const step = WIDTH / Math.max(1, values.length - 1);
  let gap = true;
  const parts: string[] = [];
  for (const [index, value] of values.entries()) {
    if (value === undefined) {
      gap = true;
      continue;
    }
    const at = `${(index * step).toFixed(1)} ${y(value).toFixed(1)}`;
    // A single minute between gaps is a dot.
    parts.push(gap ? `M${at}h0.01` : `L${at}`);
    gap = false;
  }
  return parts.join('');
}
