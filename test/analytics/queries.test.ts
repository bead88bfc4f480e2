import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LAST_WEEK, savedQueries, scopeOf } from '../../lib/analytics/queries';
import { oneOfACrowd } from './crowd';
import { differences } from './differences';
import { type Lake, lakeOf } from './lake';
import { reported, type SyntheticSession } from './synthetic';
import { truthOf } from './truth';

const NOON = Date.parse('2026-11-29T12:00:00Z');
const SCOPE = { days: 2, now: NOON + 3_600_000 };

const SESSIONS: readonly SyntheticSession[] = [
  { sid: 'session-1', at: NOON, startupMs: 1000, beats: 20, kbps: 6000, latencyMs: 3000 },
  {
    sid: 'session-2',
    at: NOON,
    startupMs: 2000,
    beats: 20,
    stalls: { 3: 6000, 5: 3000 },
    latencyMs: 5000,
    country: 'FR',
    pop: 'CDG50-C1',
  },
  {
    sid: 'session-3',
    at: NOON + 900_000,
    startupMs: 9000,
    beats: 4,
    device: 'mobile',
    engine: 'browser',
    error: 'http-503',
  },
  { sid: 'session-4', at: NOON, error: 'http-404', device: 'smarttv', engine: 'dash.js 5.2.1' },
  { sid: 'session-5', at: NOON },
  { sid: 'session-6', channel: 'stage', at: NOON, startupMs: 500, beats: 2 },
  { sid: 'session-7', at: NOON - 86_400_000, startupMs: 4000, beats: 2 },
];

/** A row of the access log that carries a session as the log writes it: encoded twice. */
const logged = (sid: string, seconds: number, change: object = {}) => ({
  date: '2026-11-29',
  time: new Date(NOON + seconds * 1000).toISOString().slice(11, 19),
  x_edge_location: 'FRA60-P1',
  sc_bytes: 1_000_000,
  cs_uri_stem: '/out/v1/live/main/cmaf/1.mp4',
  cs_user_agent: 'Mozilla',
  sc_status: 200,
  cs_uri_query: encodeURIComponent(encodeURIComponent(`CMCD=br=3000,sid="${sid}"`)),
  x_edge_result_type: 'Hit',
  time_taken: 0.5,
  time_to_first_byte: 0.02,
  ...change,
});

const REQUESTS = [
  // The stall of session 2 that ended at second 92 had a slow origin; of the one at 152 the log knows nothing.
  logged('session-2', 80, { x_edge_result_type: 'Miss', time_to_first_byte: 2.5, time_taken: 3 }),
  logged('session-1', 81),
  logged('session-1', 82, { x_edge_location: 'CDG50-C1', sc_status: 503, x_edge_result_type: 'Error' }),
  logged('session-1', 83, { cs_user_agent: 'live-streaming-probe' }),
  logged('session-1', 84, { cs_uri_stem: '/out/v1/live/stage/cmaf/1.mp4' }),
];

describe('the saved queries', () => {
  let lake: Lake;
  beforeAll(async () => {
    lake = await lakeOf(await reported(SESSIONS), REQUESTS);
  });
  afterAll(() => lake.close());

  const ask = (name: string, asked: Partial<Parameters<typeof scopeOf>[0]> = { channel: 'main' }) => {
    const query = savedQueries().find((one) => one.name === name);
    if (query === undefined) throw new Error(`There is no query ${name}`);
    return lake.ask(query.sql(scopeOf({ ...SCOPE, ...asked })));
  };

  test('count viewers minute by minute', async () => {
    const rows = await ask('viewers-by-minute', { channel: 'main', days: 0 });
    expect(rows.slice(0, 3)).toEqual([
      { minute: '2026-11-29 12:00', channel: 'main', viewers: 4 },
      { minute: '2026-11-29 12:01', channel: 'main', viewers: 2 },
      { minute: '2026-11-29 12:02', channel: 'main', viewers: 2 },
    ]);
    expect(rows.at(-1)).toEqual({ minute: '2026-11-29 12:17', channel: 'main', viewers: 1 });
  });

  test('find the peak and the hours of each day', async () => {
    expect(await ask('peak-and-hours')).toEqual([
      { day: '2026-11-28', peak: 1, peak_at: '12:00', sessions: 1, viewer_hours: 0.02, minutes_per_session: 1 },
      // 20 + 20 + 4 heartbeats of 30 s without 9 s of stalls.
      { day: '2026-11-29', peak: 4, peak_at: '12:00', sessions: 5, viewer_hours: 0.36, minutes_per_session: 4.4 },
    ]);
  });

  test('find the median and the slowest of the start times', async () => {
    expect(await ask('start-time', { channel: 'main', days: 0 })).toEqual([
      { day: '2026-11-29', starts: 3, p50_seconds: 2, p95_seconds: 8.3 },
    ]);
  });

  test('tell failures to start from exits before the start, and from failures later', async () => {
    expect(await ask('start-failures', { channel: 'main', days: 0 })).toEqual([
      {
        day: '2026-11-29',
        attempts: 5,
        start_failure_percent: 20,
        exit_before_start_percent: 20,
        playback_failure_percent: 33.33,
      },
    ]);
  });

  test('weigh rebuffering by time', async () => {
    const rows = await ask('rebuffering', { channel: 'main', days: 0 });
    // 9 s of 2 × 600 s, and none in the next quarter.
    expect(rows).toEqual([
      { quarter: '2026-11-29 12:00', sessions: 4, rebuffering_percent: 0.75, stalls_per_hour: 6.05 },
      { quarter: '2026-11-29 12:15', sessions: 1, rebuffering_percent: 0, stalls_per_hour: 0 },
    ]);
  });

  test('weigh bitrates by the time that they played', async () => {
    expect(await ask('bitrates', { channel: 'main', days: 0 })).toEqual([
      { kbps: 3000, viewer_hours: 0.2, percent: 54.23, average_kbps: 4373 },
      { kbps: 6000, viewer_hours: 0.17, percent: 45.77, average_kbps: 4373 },
    ]);
  });

  test('find the latency of those who see something', async () => {
    expect(await ask('latency', { channel: 'main', days: 0 })).toEqual([
      { quarter: '2026-11-29 12:00', p50_seconds: 4, p95_seconds: 5 },
    ]);
  });

  test('list errors by how often they come', async () => {
    expect(await ask('top-errors')).toEqual([
      { error: 'http-404', engine: 'dash.js 5.2.1', times: 1, sessions: 1 },
      { error: 'http-503', engine: 'browser', times: 1, sessions: 1 },
    ]);
  });

  test.each([
    ['by-country', 'country', ['DE', 'FR']],
    ['by-device', 'device', ['desktop', 'mobile', 'tv']],
    ['by-pop', 'pop', ['FRA60-P1', 'CDG50-C1']],
    ['by-engine', 'engine', ['hls.js 1.7.4', 'browser', 'dash.js 5.2.1']],
  ])('compare %s', async (name, column, values) => {
    const rows = await ask(name, { channel: 'main', days: 0 });
    expect(rows.map((row) => row[column])).toEqual(values);
    expect(rows.reduce((all, { sessions }) => all + Number(sessions), 0)).toBe(5);
    if (name !== 'by-country') return;
    expect(rows[1]).toEqual({
      country: 'FR',
      sessions: 1,
      viewer_hours: 0.16,
      start_p50_seconds: 2,
      start_p95_seconds: 2,
      rebuffering_percent: 1.5,
      bitrate_kbps: 3000,
      errors: 0,
    });
  });

  test('count a session once, although its first report does not name the engine yet', async () => {
    const first = { sid: 'session-8', cid: 'main', ts: NOON, received: NOON, sn: 1, e: 'ps', sta: 's', v: 2 };
    const second = { ...first, sn: 2, sta: 'p', msd_ms: 700, engine: 'hls.js 1.7.4' };
    const own = await lakeOf([first, second].map((row) => `${JSON.stringify(row)}\n`).join(''));
    const sql =
      savedQueries()
        .find(({ name }) => name === 'by-engine')
        ?.sql(scopeOf(SCOPE)) ?? '';
    expect((await own.ask(sql)).map(({ engine, sessions }) => [engine, sessions])).toEqual([['hls.js 1.7.4', 1]]);
    own.close();
  });

  test('show the session that stood still longest, or the one that is asked for', async () => {
    const worst = await ask('session-timeline');
    expect(new Set(worst.map(({ sid }) => sid))).toEqual(new Set(['session-2']));
    expect(worst.slice(0, 3).map(({ seconds, sta, e }) => [seconds, sta, e])).toEqual([
      [0, 's', 'ps'],
      [2, 'p', 'ps'],
      [32, 'p', 't'],
    ]);
    const asked = await ask('session-timeline', { session: 'session-4' });
    expect(asked.map(({ sta, ec }) => [sta, ec])).toEqual([
      ['s', null],
      ['f', 'http-404'],
    ]);
  });

  test('find hits and errors by point of presence, without the probe and other channels', async () => {
    expect(await ask('cache-by-pop')).toEqual([
      {
        pop: 'FRA60',
        requests: 2,
        hit_percent: 50,
        hit_p50_ms: 20,
        miss_p50_ms: 2500,
        miss_p95_ms: 2500,
        errors_5xx_percent: 0,
      },
      {
        pop: 'CDG50',
        requests: 1,
        hit_percent: 0,
        hit_p50_ms: null,
        miss_p50_ms: null,
        miss_p95_ms: null,
        errors_5xx_percent: 100,
      },
    ]);
  });

  test('find the causes of stalls in the requests of the same session', async () => {
    expect(await ask('stall-causes')).toEqual([
      { cause: 'no request in the log', stalls: 1, seconds: 3 },
      { cause: 'the origin was slow', stalls: 1, seconds: 6 },
    ]);
  });

  test('are right about a crowd of 600 who come over ten hours, on two days', async () => {
    const from = NOON - 16 * 3_600_000;
    const crowd = Array.from({ length: 600 }, (_, number) => oneOfACrowd(number, 600, from));
    const own = await lakeOf(await reported(crowd));
    const truth = truthOf(crowd);
    const judged = savedQueries().filter(({ reads }) => !reads.includes('requests'));
    expect(Object.keys(truth).sort()).toEqual(judged.map(({ name }) => name).sort());
    for (const { name, sql } of judged) {
      expect([name, differences(truth[name] ?? [], await own.ask(sql(scopeOf(SCOPE))))]).toEqual([name, []]);
    }
    own.close();
  });

  test.each(savedQueries())('$name is bound by days and by channel, and can be asked as it is saved', async (query) => {
    const sql = query.sql({ from: "'2026-01-01'", to: "'2026-01-02'", channel: "'none'" });
    expect(await lake.ask(sql)).toEqual([]);
    for (const table of query.reads) expect(sql).toContain(table === 'events' ? 'day BETWEEN' : '"date" BETWEEN');
    await lake.ask(query.sql(LAST_WEEK));
  });

  test('divide no decimals: in Athena a quotient of decimals has no more places than they have', () => {
    for (const { name, sql } of savedQueries()) {
      expect([name, sql(LAST_WEEK).match(/(?<![\w.])\d+\.\d+(?!e)\s*[*/]|[*/]\s*\d+\.\d+(?!e|\d)/)]).toEqual([
        name,
        null,
      ]);
    }
  });

  test('keep to names that no other query has, with a meaning', () => {
    const names = savedQueries().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { meaning, title } of savedQueries()) expect(`${title} ${meaning}`).toMatch(/^.{40,}$/s);
  });
});

describe('the scope of a question', () => {
  test('refuses what is no name and no id, because it becomes a part of the query', () => {
    expect(() => scopeOf({ ...SCOPE, channel: "main' OR 1=1" })).toThrow('the name of a channel is needed');
    expect(() => scopeOf({ ...SCOPE, session: "x' --" })).toThrow('the id of a session is needed');
  });
});
