import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { collect, type ReportRequest } from '../../lambda/collector/handler';
import { readDictionary } from '../../lambda/collector/structured-fields';
import { EVENT_COLUMNS } from '../../lib/analytics/columns';

const NOON = Date.parse('2026-11-29T12:00:00Z');
const SID = '6f1d8b1e-0c1f-4c2f-9c39-5d1f7e2b9a10';
const BEAT = `cid="main",e=t,lss-pl=30000,sid="${SID}",sta=p,ts=${NOON - 40},v=2`;

class FakeLake {
  readonly records: string[] = [];
  readonly log: Record<string, unknown>[] = [];
  failure: Error | undefined;
  readonly stack = 'live';
  readonly channels = ['main', 'stage'];

  put = async (record: string): Promise<void> => {
    if (this.failure !== undefined) throw this.failure;
    this.records.push(record);
  };
  isThrottled = (error: unknown): boolean => error instanceof Error && error.name === 'ServiceUnavailableException';
  write = (line: string): void => void this.log.push(JSON.parse(line) as Record<string, unknown>);
  now = (): number => NOON;

  get rows(): readonly Record<string, unknown>[] {
    return this.records.flatMap((record) => record.trim().split('\n')).map((line) => JSON.parse(line));
  }
}

const request = (CMCD: string, headers: ReportRequest['headers'] = {}): ReportRequest => ({
  rawQueryString: `CMCD=${encodeURIComponent(CMCD)}`,
  queryStringParameters: { CMCD },
  headers,
  requestContext: { http: { method: 'GET' } },
});

async function report(lines: string, headers?: ReportRequest['headers']) {
  const lake = new FakeLake();
  const { statusCode } = await collect(request(lines, headers), lake);
  return { lake, statusCode, rows: lake.rows, log: lake.log };
}

describe('a line of a report', () => {
  test('is a dictionary of structured fields', () => {
    expect([...(readDictionary('br=(3200;v 128;a),bg,ec=("a\\"b"),ltc=-1.5,su=?0,sta=p;x="y", v=2') ?? [])]).toEqual([
      ['br', [3200, 128]],
      ['bg', true],
      ['ec', ['a"b']],
      ['ltc', -1.5],
      ['su', false],
      ['sta', 'p'],
      ['v', 2],
    ]);
  });

  test.each([[''], ['a=1,'], ['=1'], ['a=("b"'], ['A=1'], ['a="b'], ['a=1 b=2'], ['a=(1 "'], ['a=;b']])(
    'is no dictionary: %j',
    (text) => expect(readDictionary(text)).toBeUndefined(),
  );
});

describe('the collector', () => {
  test('writes one row for each event, by the columns of the table, in one record', async () => {
    const headers = {
      'cloudfront-viewer-country': 'DE',
      'cloudfront-is-mobile-viewer': 'true',
      'cloudfront-is-tablet-viewer': 'true',
    };
    const start = `bl=(1200),br=(3200),cid="main",e=ps,lss-en="hls.js 1.7.4",lss-pop="FRA60-P1",ltc=2900,msd=850,mtp=(41000),sf=h,sid="${SID}",sn=2,st=l,sta=p,tb=(6000),ts=${NOON - 900},v=2`;
    const failed = `cid="main",com.example-shelf="top",e=e,ec=("fragLoadError"),sid="${SID}",sn=3,ts=${NOON - 100},url="https://x/s/token/a",v=2`;
    const { lake, statusCode, rows } = await report(`${start}\n${failed}`, headers);
    expect(statusCode).toBe(204);
    expect(lake.records).toHaveLength(1);
    expect(lake.records[0]).toMatch(/\}\n\{.*\}\n$/s);
    expect(rows).toEqual([
      {
        ts: NOON - 900,
        received: NOON,
        sid: SID,
        cid: 'main',
        sn: 2,
        e: 'ps',
        sta: 'p',
        sf: 'h',
        st: 'l',
        v: 2,
        engine: 'hls.js 1.7.4',
        pop: 'FRA60-P1',
        country: 'DE',
        device: 'tablet',
        msd_ms: 850,
        ltc_ms: 2900,
        bl_ms: 1200,
        br_kbps: 3200,
        tb_kbps: 6000,
        mtp_kbps: 41_000,
      },
      {
        ts: NOON - 100,
        received: NOON,
        sid: SID,
        cid: 'main',
        sn: 3,
        e: 'e',
        ec: 'fragLoadError',
        v: 2,
        country: 'DE',
        device: 'tablet',
        extra: '{"com.example-shelf":"top"}',
      },
    ]);
    const columns = EVENT_COLUMNS.map(([name]) => name as string);
    for (const row of rows) expect(Object.keys(row).filter((key) => !columns.includes(key))).toEqual([]);
  });

  test('writes the sums of a call as metrics of its channels, one beat for a session', async () => {
    const { log } = await report(
      [
        BEAT,
        BEAT,
        `br=(3000),cid="main",e=ps,lss-pl=10000,lss-sm=500,ltc=3000,msd=900,sid="another-session",ts=${NOON},v=2`,
        `cid="stage",e=e,ec=("x"),sid="another-session",ts=${NOON},v=2`,
      ].join('\n'),
    );
    expect(log.map(({ _aws, ...rest }) => rest)).toEqual([
      {
        Stack: 'live',
        Channel: 'main',
        Beats: 1,
        Errors: 0,
        Starts: 1,
        StartupMs: [900],
        StallMs: 500,
        PlayedMs: 70_000,
        BitrateKbps: [3000],
        LatencyMs: [3000],
      },
      { Stack: 'live', Channel: 'stage', Beats: 0, Starts: 0, StallMs: 0, PlayedMs: 0, Errors: 1 },
    ]);
    expect(log[0]?.['_aws']).toMatchObject({
      Timestamp: NOON,
      CloudWatchMetrics: [{ Namespace: 'LiveStreaming', Dimensions: [['Stack', 'Channel']] }],
    });
  });

  test('corrects a clock by the time at which the player says it sent the report', async () => {
    const wrong = NOON + 3_600_000 * 24;
    const { rows } = await report(`${BEAT.replace(/ts=\d+/, `ts=${wrong - 5000}`)},lss-at=${wrong - 20}`);
    expect(rows).toMatchObject([{ ts: NOON - 4980, received: NOON }]);
  });

  test.each([
    ['about right', NOON - 30_000, NOON - 30_000],
    ['years behind', 86_400_000, NOON],
    ['ahead by an hour', NOON + 3_600_000, NOON],
  ])('takes the time of another player as it is, or as new: %s', async (_, ts, corrected) => {
    const { rows } = await report(BEAT.replace(/ts=\d+/, `ts=${ts}`));
    expect(rows).toMatchObject([{ ts: corrected }]);
  });

  test('cuts figures to what is believed', async () => {
    const { rows } = await report(
      `bl=-5,br=(999999999999),cid="main",e=t,lss-pl=99999999,lss-sc=5000,lss-sm=99999999,msd=999999999,sid="${SID}",sn=99999999999,sta=<script>,ts=${NOON},v=2`.replace(
        'sta=<script>,',
        '',
      ),
    );
    expect(rows).toEqual([
      {
        ts: NOON,
        received: NOON,
        sid: SID,
        cid: 'main',
        sn: 1_000_000,
        e: 't',
        v: 2,
        br_kbps: 200_000,
        played_ms: 300_000,
        stalls: 100,
        stall_ms: 300_000,
        msd_ms: 300_000,
      },
    ]);
  });

  test.each([
    ['nothing', '', 400],
    ['noise', '\u0000\u0001<script>', 400],
    ['an event without a session', 'cid="main",e=t,ts=1,v=2', 400],
    ['a session that is no id', BEAT.replace(SID, `${SID} or 1=1`), 400],
    ['an unknown channel', BEAT.replace('main', 'other'), 410],
    ['too many lines', Array(17).fill(BEAT).join('\n'), 413],
    ['a query that is too long', `${BEAT},x="${'a'.repeat(9000)}"`, 413],
  ])('refuses %s, counts it, and writes nothing', async (_, lines, status) => {
    const { statusCode, lake, log } = await report(lines);
    expect([statusCode, lake.records]).toEqual([status, []]);
    expect(log.map(({ _aws, ...rest }) => rest)).toEqual([{ Stack: 'live', Dropped: expect.any(Number) }]);
  });

  test('takes the good lines of a report, and counts the others', async () => {
    const { rows, log, statusCode } = await report(`${BEAT}\nnoise=\n${BEAT.replace('main', 'other')}`);
    expect([statusCode, rows.length, log.at(-1)?.['Dropped']]).toEqual([204, 1, 2]);
  });

  test.each([['sec-gpc'], ['dnt']])('keeps nothing of a browser that sends %s', async (header) => {
    const { statusCode, lake, log } = await report(BEAT, { [header]: '1' });
    expect([statusCode, lake.records, log]).toEqual([204, [], []]);
  });

  test('asks players to come back when the lake does not take a record, and counts nothing', async () => {
    const lake = new FakeLake();
    lake.failure = Object.assign(new Error('slow down'), { name: 'ServiceUnavailableException' });
    expect((await collect(request(BEAT), lake)).statusCode).toBe(429);
    lake.failure = new Error('no answer');
    expect((await collect(request(BEAT), lake)).statusCode).toBe(503);
    expect(lake.log).toEqual([]);
  });

  test('answers whatever it gets, and writes at most rows of its own channels', async () => {
    const piece = fc.oneof(
      fc.constantFrom(BEAT, 'cid="main"', 'e=t', `sid="${SID}"`, 'ts=1e9', ',', '=', '(', '"', '\n'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const { statusCode, rows } = await report(pieces.join(','));
        expect([204, 400, 410, 413]).toContain(statusCode);
        for (const { cid, ts, received } of rows) {
          expect(cid).toBe('main');
          expect(Number(ts)).toBeLessThanOrEqual(NOON);
          expect(received).toBe(NOON);
        }
      }),
    );
  });

  test('reads a line of two thousand brackets without delay', async () => {
    const { statusCode } = await report(`a=${'('.repeat(2000)},${'"\\'.repeat(1000)}`);
    expect(statusCode).toBe(400);
  });
});
