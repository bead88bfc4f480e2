import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../../../bin/live/arguments';
import { bar, lineChart } from '../../../bin/live/audience-page/chart';
import { viewerSeries } from '../../../bin/live/audience-page/figures';
import { run } from '../../../bin/live/commands';
import type { Answer, Question } from '../../../bin/live/question-service';
import { FakeLive } from './fake-live';

const EVIL = `<img src="//evil.example" onerror='alert(1)'>`;

/** Answers by the column that only the query has. */
const ANSWERS: Readonly<Record<string, Answer['rows'] | undefined>> = {
  viewers: [
    ['2026-11-29 12:00', 'main', '3'],
    ['2026-11-29 12:02', 'main', '5'],
  ],
  peak_at: [['2026-11-29', '5', '12:02', '6', '0.2', '2.0']],
  starts: [['2026-11-29', '4', '1.5', '3.25']],
  attempts: [['2026-11-29', '5', '20.0', '0.0', '0.0']],
  stalls_per_hour: [['2026-11-29 12:00', '6', '0.75', '3.1']],
  average_kbps: [['3000', '0.2', '100.0', '3000.0']],
  times: [[EVIL, 'hls.js 1.7.4', '2', '1']],
  country: [[EVIL, '6', '0.2', '1.5', '3.25', '0.75', '3000.0', '2']],
};

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  peak_at: ['day', 'peak', 'peak_at', 'sessions', 'viewer_hours', 'minutes_per_session'],
  viewers: ['minute', 'channel', 'viewers'],
  starts: ['day', 'starts', 'p50_seconds', 'p95_seconds'],
  attempts: ['day', 'attempts', 'start_failure_percent', 'exit_before_start_percent', 'playback_failure_percent'],
  stalls_per_hour: ['quarter', 'sessions', 'rebuffering_percent', 'stalls_per_hour'],
  average_kbps: ['kbps', 'viewer_hours', 'percent', 'average_kbps'],
  times: ['error', 'engine', 'times', 'sessions'],
  country: ['country', 'sessions', 'viewer_hours', 'start_p50_seconds', 'start_p95_seconds', 'rebuffering_percent'],
};

async function page(words: string, answers = ANSWERS): Promise<{ readonly html: string; readonly live: FakeLive }> {
  const live = new FakeLive();
  live.outputs = { AudienceWorkGroup: 'audience-1', AudienceDatabase: 'audience_1' };
  const request = parseRequest(words.split(' '));
  if (request === 'help') throw new Error('The test asked for help');
  const ask = async ({ sql }: Question): Promise<Answer> => {
    const name = Object.keys(COLUMNS).find((one) => sql.includes(`AS ${one}`) || sql.includes(`AS "${one}"`)) ?? '';
    return { columns: COLUMNS[name] ?? [], rows: answers[name] ?? [], scannedBytes: 0 };
  };
  await run(request, { ...live.context(), questions: { ask } });
  return { html: live.files.get('a.html') ?? '', live };
}

describe('the page of the audience', () => {
  test('shows figures, charts and the numbers of each', async () => {
    const { html, live } = await page('audience --html a.html');
    expect(live.answer).toEqual(['The page is in a.html.']);
    expect(html).toContain('<dt>Peak</dt><dd>5<small>viewers at once, 2026-11-29</small></dd>');
    expect(html).toContain('<dt>Start failures</dt><dd>20 %<small>of 5 attempts</small></dd>');
    expect(html).toContain('<svg role="img" aria-label="Viewers: up to 5"');
    expect(html).toContain('<td class="number"><bdi>0.75</bdi></td>');
    expect(html).toContain('3 Mbit/s');
    expect(html).toContain('in hls.js 1.7.4</bdi>');
  });

  test('names the sources of its definitions, without their addresses', async () => {
    const { html } = await page('audience --html a.html');
    expect(html).toContain('<cite>CTA-2066</cite>');
    expect(html).toContain('<code>ltc</code>');
    expect(html).not.toContain('https://');
  });

  test('loads nothing, runs nothing, and allows its own style alone', async () => {
    const { html } = await page('audience --html a.html');
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(`content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'`);
    expect(html).not.toMatch(/<(script|link|img|iframe)|<[^>]*\s(src|href|style|on\w+)=|url\(|@import/);
  });

  test('shows texts of strangers as texts', async () => {
    const { html } = await page('audience --html a.html');
    expect(html).not.toContain('<img');
    expect(html.match(/&lt;img src=&quot;\/\/evil\.example&quot; onerror=&#39;alert\(1\)&#39;&gt;/g)).toHaveLength(4);
  });

  test('says what to do when there is no report', async () => {
    const { html } = await page('audience main --html a.html --days 3', {});
    expect(html).toContain('No player reported in the last 3 days.');
    expect(html).toContain('channel main, the last 3 days; asked at 2026-11-24 12:00');
    expect(html).not.toContain('<svg');
  });

  test('asks for the days and the channel that are given', async () => {
    const live = new FakeLive();
    live.outputs = { AudienceWorkGroup: 'audience-1', AudienceDatabase: 'audience_1' };
    const request = parseRequest(['audience', '--html', 'a.html', '--days', '1', '--channel', 'stage']);
    if (request === 'help') throw new Error('The test asked for help');
    await run(request, live.context());
    expect(live.asked).toHaveLength(10);
    for (const { sql, workGroup } of live.asked) {
      expect(workGroup).toBe('audience-1');
      expect(sql).toContain("day BETWEEN '2026-11-23' AND '2026-11-24' AND cid LIKE 'stage'");
    }
  });

  test.each([
    ['audience --days 2', '--days was given to audience without --html'],
    ['audience --channel main', '--channel was given to audience without --html'],
    ['audience --html a.html --watch', '--watch was given with --html'],
    ['audience --html a.html --days x', '--days x was given'],
    ['status --html a.html', '--html was given to status; it belongs to audience'],
  ])('refuses %s', (words, sentence) => {
    expect(() => parseRequest(words.split(' '))).toThrow(sentence);
  });

  test('says why a file cannot be written', async () => {
    const live = new FakeLive();
    live.outputs = { AudienceWorkGroup: 'audience-1', AudienceDatabase: 'audience_1' };
    const request = parseRequest(['audience', '--html', '/a.html']);
    if (request === 'help') throw new Error('The test asked for help');
    const save = async () => {
      throw new Error('EACCES: permission denied');
    };
    await expect(run(request, { ...live.context(), save })).rejects.toThrow(
      '--html /a.html: the page could not be written: EACCES',
    );
  });
});

describe('a chart', () => {
  const format = String;

  test('draws one point as a dot, and no point as a sentence', () => {
    const one = lineChart({ label: 'x', series: [{ name: 'a', points: [[0, 5]] }], format, hasTimes: false });
    expect(one).toContain('d="M500 0h0"');
    expect(lineChart({ label: 'x', series: [], format, hasTimes: false })).toContain('No figures');
  });

  test('has a round number at the top of its axis, and stays within it', () => {
    const points = [
      [0, 0],
      [1000, 31],
    ] as const;
    const chart = lineChart({ label: 'x', series: [{ name: 'a', points }], format, hasTimes: true });
    expect(chart).toContain('<span>40</span><span>30</span><span>20</span><span>10</span><span>0</span>');
    expect(chart).toContain('d="M0 100L1000 22.5"');
    expect(bar(7)).toContain('width="100" height="10"/></svg>');
  });

  test('draws no line over a time in which nobody watched', () => {
    const points = [
      [0, 1],
      [1000, 1],
      [9000, 1],
    ] as const;
    const chart = lineChart({ label: 'x', series: [{ name: 'a', points }], format, hasTimes: true, gap: 2000 });
    expect(chart).toContain('d="M0 0L111.11 0M1000 0"');
  });

  test('fills minutes without a report, and stays small over a year', () => {
    const columns = ['minute', 'channel', 'viewers'];
    const short = viewerSeries({ columns, rows: ANSWERS['viewers'] ?? [] });
    expect(short[0]?.points.map(([, value]) => value)).toEqual([3, 0, 5]);
    const rows = [
      ['2025-11-29 12:00', 'a', '1'],
      ['2026-11-29 12:00', 'a', '9'],
      ['2026-11-29 12:00', 'b', '10'],
    ];
    const long = viewerSeries({ columns, rows });
    expect(long.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(long[1]?.points.length).toBeLessThanOrEqual(400);
    expect(long[1]?.points.at(-1)?.[1]).toBe(9);
  });
});
