import { escaped } from './html';

/** A line of a chart: points of a time, in milliseconds since 1970, and a value. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [at: number, value: number])[];
}

/** The content of a line chart. */
export interface ChartContent {
  /** Description for those who do not see the chart. */
  readonly label: string;
  readonly series: readonly Series[];
  /** Writes a value of the axis. */
  format(value: number): string;
  /** True to write times of the day beside days. */
  readonly hasTimes: boolean;
  /** Time without a point, in milliseconds, over which no line is drawn: nobody watched. @default lines have no gaps */
  readonly gap?: number;
}

/** Size of the drawing, in units that are stretched to the place that there is. */
const [WIDTH, HEIGHT] = [1000, 100];
/** Lines of a grid. */
const STEPS = 4;
/** Colours of lines that the style has. */
export const MOST_SERIES = 5;

/**
 * Draws lines over a time. The drawing is stretched to its place, and all words stand beside it as HTML, so that they keep
 * their size on a phone.
 */
export function lineChart({ label, series, format, hasTimes, gap = Number.POSITIVE_INFINITY }: ChartContent): string {
  const all = series.flatMap(({ points }) => points);
  if (all.length === 0) return '<p class="none">No figures in this time.</p>';
  const times = all.map(([at]) => at);
  const [first, last] = [least(times), -least(times.map((at) => -at))];
  const top = ceiling(-least(all.map(([, value]) => -value)));
  const x = (at: number) => (last === first ? WIDTH / 2 : ((at - first) / (last - first)) * WIDTH);
  const y = (value: number) => HEIGHT - (value / top) * HEIGHT;
  const grid = Array.from({ length: STEPS + 1 }, (_, step) => y((top * step) / STEPS));
  const lines = grid.map((at) => `<path class="grid" d="M0 ${short(at)}H${WIDTH}"/>`).join('');
  const drawn = series.map(({ points }, index) => {
    const path = points.map(([at, value], point) => {
      const before = points[point - 1]?.[0] ?? Number.NEGATIVE_INFINITY;
      return `${point === 0 || at - before > gap ? 'M' : 'L'}${short(x(at))} ${short(y(value))}`;
    });
    // A line of no length with round ends is a dot that is not stretched.
    const dots =
      points.length > 40 ? '' : points.map(([at, value]) => `M${short(x(at))} ${short(y(value))}h0`).join('');
    return `<path class="line c${index}" d="${path.join('')}"/><path class="dot c${index}" d="${dots}"/>`;
  });
  const ticks = grid.map((_, step) => `<span>${escaped(format((top * (STEPS - step)) / STEPS))}</span>`).join('');
  const ends = first === last ? [first] : [first, (first + last) / 2, last];
  return `<div class="chart"><div class="ticks" aria-hidden="true">${ticks}</div>
<svg role="img" aria-label="${escaped(label)}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">${lines}${drawn.join('')}</svg>
<div class="times" aria-hidden="true">${ends.map((at) => `<span>${when(at, hasTimes)}</span>`).join('')}</div></div>${legend(series)}`;
}

/** Draws a bar of a share from 0 to 1. */
export function bar(share: number): string {
  const width = short(Math.min(1, Math.max(0, share)) * 100);
  return `<svg class="bar" aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none"><rect class="back" width="100" height="10"/><rect class="c0" width="${width}" height="10"/></svg>`;
}

function legend(series: readonly Series[]): string {
  if (series.length < 2) return '';
  const items = series.map(({ name }, index) => `<li class="c${index}"><bdi>${escaped(name)}</bdi></li>`);
  return `<ul class="legend">${items.join('')}</ul>`;
}

/** The least of many numbers. An argument for each would be too many. */
function least(values: readonly number[]): number {
  return values.reduce((found, value) => Math.min(found, value), Number.POSITIVE_INFINITY);
}

/** The next number with one digit, or 1.5 or 2.5, times a power of ten: the top of an axis. */
function ceiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value * (1 - 1e-9));
  return (step ?? 10) * power;
}

const short = (value: number): string => String(Number(value.toFixed(2)));

function when(at: number, hasTimes: boolean): string {
  return new Date(at)
    .toISOString()
    .slice(5, hasTimes ? 16 : 10)
    .replace('T', ' ');
}
