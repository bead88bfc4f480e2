import type { Answer } from '../question-service';
import { MOST_SERIES, type Series } from './chart';

/** Names of the saved queries that the page is drawn from. */
export const PAGE_QUERIES = [
  'viewers-by-minute',
  'peak-and-hours',
  'start-time',
  'start-failures',
  'rebuffering',
  'bitrates',
  'latency',
  'top-errors',
  'by-country',
  'by-device',
] as const;

/** Name of a query of the page. */
export type PageQuery = (typeof PAGE_QUERIES)[number];

/** Answers to the queries of the page. */
export type PageAnswers = Readonly<Record<PageQuery, Pick<Answer, 'columns' | 'rows'>>>;

/** Points that a line has at most: of more, the highest of each stretch of time is drawn. */
const MOST_POINTS = 400;
const MINUTE = 60_000;

/** Reads a column of an answer as texts; null is empty. */
export function texts({ columns, rows }: Pick<Answer, 'columns' | 'rows'>, column: string): readonly string[] {
  const index = columns.indexOf(column);
  return rows.map((row) => row[index] ?? '');
}

/** Reads a column of an answer as numbers; undefined for null, and for what is no number. */
export function numbers(answer: Pick<Answer, 'columns' | 'rows'>, column: string): readonly (number | undefined)[] {
  return texts(answer, column).map((text) =>
    text === '' || !Number.isFinite(Number(text)) ? undefined : Number(text),
  );
}

/** Makes a line of a column over the times of another; rows without either are left out. */
export function series(answer: Pick<Answer, 'columns' | 'rows'>, time: string, column: string, name: string): Series {
  const values = numbers(answer, column);
  const points = texts(answer, time).flatMap((text, index) => {
    const [at, value] = [timeOf(text), values[index]];
    return at === undefined || value === undefined ? [] : [[at, value] as const];
  });
  return { name, points };
}

/** Makes a line of the viewers of each channel, those with the most first. A minute without a report has no viewers. */
export function viewerSeries(answer: Pick<Answer, 'columns' | 'rows'>): readonly Series[] {
  const names = texts(answer, 'channel');
  const all = series(answer, 'minute', 'viewers', '').points.map(([at]) => at);
  const [from = 0, to = 0] = [all.at(0), all.at(-1)];
  const lines = [...new Set(names)].map((name) => {
    const rows = answer.rows.filter((_, index) => names[index] === name);
    const { points } = series({ ...answer, rows }, 'minute', 'viewers', name);
    return { name, points: thinned(points, from, to) };
  });
  const peak = ({ points }: Series) => points.reduce((most, [, value]) => Math.max(most, value), 0);
  return lines.sort((one, other) => peak(other) - peak(one)).slice(0, MOST_SERIES);
}

/** Fills minutes without a report, and draws together what is too close to see. */
function thinned(points: Series['points'], from: number, to: number): Series['points'] {
  const minutes = Math.round((to - from) / MINUTE) + 1;
  const stretch = Math.ceil(minutes / MOST_POINTS);
  const values = new Array<number>(Math.ceil(minutes / stretch)).fill(0);
  for (const [at, value] of points) {
    const index = Math.floor((at - from) / MINUTE / stretch);
    values[index] = Math.max(values[index] ?? 0, value);
  }
  return values.map((value, index) => [from + index * stretch * MINUTE, value] as const);
}

/** Reads a time of a query, `2026-11-29 12:00` or `2026-11-29`, in UTC. */
function timeOf(text: string): number | undefined {
  const at = /^\d{4}-\d\d-\d\d( \d\d:\d\d)?$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? ':00Z' : ''}`)
    : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
