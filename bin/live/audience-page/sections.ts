import { bar, lineChart, type Series } from './chart';
import { numbers, type PageAnswers, type PageQuery, series, texts, viewerSeries } from './figures';
import { definition, escaped, table } from './html';

/** One part of the page: a chart with the numbers that it is drawn from. */
interface Part {
  readonly title: string;
  /** The query that it is drawn from. */
  readonly query: PageQuery;
  readonly meaning: string;
  readonly chart: string;
  /** True for one that is as wide as the page. */
  readonly isWide?: boolean;
}

const seconds = (value: number): string => `${Number(value.toFixed(2))} s`;
const percent = (value: number): string => `${Number(value.toFixed(3))} %`;
const megabits = (value: number): string => `${Number((value / 1000).toFixed(2))} Mbit/s`;
const plain = (value: number): string => String(Number(value.toFixed(2)));

/** Makes the parts of the page, in the order of the questions of an operator. */
export function sections(answers: PageAnswers, meanings: Readonly<Record<string, string>>): string {
  const parts: readonly Part[] = [
    {
      ...of('viewers-by-minute', 'Viewers'),
      chart: over(viewerSeries(answers['viewers-by-minute']), 'Viewers', plain, true),
      isWide: true,
    },
    {
      ...of('start-time', 'Start time'),
      chart: percentiles(answers, 'start-time', { time: 'day', title: 'Start time', hasTimes: false }),
    },
    {
      ...of('rebuffering', 'Rebuffering'),
      chart: over(
        [series(answers.rebuffering, 'quarter', 'rebuffering_percent', 'rebuffering')],
        'Rebuffering ratio',
        percent,
        true,
      ),
    },
    { ...of('bitrates', 'Renditions that were watched'), chart: bars(answers, 'bitrates', 'kbps', 'percent') },
    {
      ...of('latency', 'Latency'),
      chart: percentiles(answers, 'latency', { time: 'quarter', title: 'Latency', hasTimes: true }),
    },
    { ...of('top-errors', 'Errors'), chart: bars(answers, 'top-errors', 'error', 'times') },
    {
      ...of('start-failures', 'Starts that failed'),
      chart: over(
        [
          series(answers['start-failures'], 'day', 'start_failure_percent', 'failed by an error'),
          series(answers['start-failures'], 'day', 'exit_before_start_percent', 'left before the start'),
        ],
        'Starts that failed',
        percent,
        false,
      ),
    },
    { ...of('by-country', 'Countries'), chart: bars(answers, 'by-country', 'country', 'sessions') },
    { ...of('by-device', 'Devices'), chart: bars(answers, 'by-device', 'device', 'sessions') },
  ];
  return parts.map((part) => section(part, answers)).join('\n');

  function of(query: PageQuery, title: string) {
    return { query, title, meaning: meanings[query] ?? '' };
  }
}

function section({ title, query, meaning, chart, isWide }: Part, answers: PageAnswers): string {
  const { columns, rows } = answers[query];
  const shown = rows.map((row) => columns.map((_, index) => row[index] ?? '–'));
  return `<section${isWide ? ' class="wide"' : ''}><h2>${title}</h2><p class="meaning">${definition(meaning)}</p>${chart}
<details><summary>Numbers of <code>${query}</code></summary><div class="tall">${table(columns, shown)}</div></details></section>`;
}

/** Times over which no line is drawn, in milliseconds: more than a quarter of an hour, or a day, without a figure. */
const [GAP, DAY] = [1_000_000, 90_000_000];

function over(lines: readonly Series[], title: string, format: (value: number) => string, hasTimes: boolean): string {
  const all = lines.flatMap(({ points }) => points.map(([, value]) => value));
  const most = all.reduce((found, value) => Math.max(found, value), 0);
  const label = all.length === 0 ? title : `${title}: up to ${format(most)}`;
  const drawn = lines.filter(({ points }) => points.length > 0);
  return lineChart({ label, series: drawn, format, hasTimes, gap: hasTimes ? GAP : DAY });
}

function percentiles(
  answers: PageAnswers,
  query: PageQuery,
  { time, title, hasTimes }: { readonly time: string; readonly title: string; readonly hasTimes: boolean },
): string {
  const lines = [
    series(answers[query], time, 'p50_seconds', 'median'),
    series(answers[query], time, 'p95_seconds', '95th percentile'),
  ];
  return over(lines, title, seconds, hasTimes);
}

/** Rows of a comparison that are drawn; the numbers have all. */
const MOST_BARS = 10;

function bars(answers: PageAnswers, query: PageQuery, name: string, column: string): string {
  const answer = answers[query];
  const values = numbers(answer, column).map((value) => value ?? 0);
  const top = values.reduce((found, value) => Math.max(found, value), 0);
  if (values.length === 0) {
    return `<p class="none">${query === 'top-errors' ? 'No errors' : 'No figures'} in this time.</p>`;
  }
  // An error has a row for each engine.
  const engines = query === 'top-errors' ? texts(answer, 'engine') : [];
  const rows = texts(answer, name)
    .slice(0, MOST_BARS)
    .map((text, index) => {
      const value = values[index] ?? 0;
      const label = name === 'kbps' ? megabits(Number(text)) : [text, engines[index]].filter(Boolean).join(' in ');
      const figure = column === 'percent' ? percent(value) : plain(value);
      return `<tr><td><bdi>${escaped(label)}</bdi></td><td>${bar(top > 0 ? value / top : 0)}</td><td class="number">${escaped(figure)}</td></tr>`;
    });
  return `<table><thead><tr><th scope="col">${name === 'kbps' ? 'bitrate' : name}</th><th></th><th scope="col" class="number">${column}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** Makes the figures at the top: those that can be added up from the answers, and the worst of those that cannot. */
export function tiles(answers: PageAnswers): string {
  const sum = (values: readonly (number | undefined)[]) => values.reduce<number>((total, one) => total + (one ?? 0), 0);
  const days = answers['peak-and-hours'];
  const attempts = numbers(answers['start-failures'], 'attempts');
  const failed = numbers(answers['start-failures'], 'start_failure_percent').map(
    (share, index) => ((share ?? 0) / 100) * (attempts[index] ?? 0),
  );
  const [average] = numbers(answers.bitrates, 'average_kbps');
  const start = worst(answers['start-time'], 'day', 'p95_seconds');
  const median = worst(answers['start-time'], 'day', 'p50_seconds');
  const stall = worst(answers.rebuffering, 'quarter', 'rebuffering_percent');
  const peak = worst(days, 'day', 'peak');
  const list: readonly (readonly [string, string, string])[] = [
    ['Peak', plain(peak.value), `viewers at once, ${peak.at}`],
    [
      'Viewer-hours',
      plain(sum(numbers(days, 'viewer_hours'))),
      `${plain(sum(numbers(days, 'sessions')))} sessions, by day`,
    ],
    ['Start time p50', seconds(median.value), `slowest day, ${median.at}`],
    ['Start time p95', seconds(start.value), `slowest day, ${start.at}`],
    ['Rebuffering', percent(stall.value), `worst quarter of an hour, ${stall.at}`],
    ['Bitrate', average === undefined ? '–' : megabits(average), 'average, by the time that was played'],
    [
      'Start failures',
      sum(attempts) === 0 ? '–' : percent((100 * sum(failed)) / sum(attempts)),
      `of ${plain(sum(attempts))} attempts`,
    ],
    ['Errors', plain(sum(numbers(answers['top-errors'], 'times'))), 'of the 50 most frequent kinds'],
  ];
  const items = list.map(
    ([name, value, note]) => `<div><dt>${name}</dt><dd>${escaped(value)}<small>${escaped(note)}</small></dd></div>`,
  );
  return `<section class="wide"><dl class="tiles">${items.join('')}</dl></section>`;
}

function worst(answer: PageAnswers[PageQuery], time: string, column: string) {
  const times = texts(answer, time);
  return numbers(answer, column).reduce<{ readonly value: number; readonly at: string }>(
    (found, value, index) =>
      value !== undefined && (value > found.value || found.at === '–') ? { value, at: times[index] ?? '–' } : found,
    { value: 0, at: '–' },
  );
}
