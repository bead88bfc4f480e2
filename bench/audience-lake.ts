import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { Asking, CREDENTIALS } from 'small-cloud/testing';
import { EVENT_COLUMNS } from '../lib/analytics/columns';
import { savedQueries, scopeOf } from '../lib/analytics/queries';
import { oneOfACrowd } from '../test/analytics/crowd';
import { differences } from '../test/analytics/differences';
import { reported, type SyntheticSession } from '../test/analytics/synthetic';
import { truthOf } from '../test/analytics/truth';
import { type Row, time } from './table';

/** Sessions that report, of 30 s to 2 minutes each. */
const SESSIONS = 100_000;
/** Sessions whose reports are kept in memory at the same time. */
const BATCH = 500;
/** Bytes of one record; Firehose takes 1,000 KiB. */
const RECORD_BYTES = 900_000;
/** Records after which the stream is flushed, because a local one holds 16 MB. */
const RECORDS = 8;

/** Measures the way of the reports of many viewers: through the collector, into Parquet, and through every saved query. */
export async function audienceLake(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-audience-'));
  const asking = await Asking.open({ table: tableOfEvents() });
  try {
    const file = join(folder, 'records.json');
    // They come over ten hours, the last of them an hour ago.
    const from = Date.now() - 11 * 3_600_000;
    const crowd = (first: number, count: number) =>
      Array.from({ length: count }, (_, index) => oneOfACrowd(first + index, SESSIONS, from));
    const rows = [await collected(file, crowd), await written(file, asking)];
    return [...rows, ...(await asked(asking, truthOf(crowd(0, SESSIONS))))];
  } finally {
    await asking.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function collected(file: string, crowd: (first: number, count: number) => SyntheticSession[]): Promise<Row> {
  const begun = performance.now();
  const before = process.memoryUsage().rss;
  let [lines, most] = [0, 0];
  for (let first = 0; first < SESSIONS; first += BATCH) {
    const records = await reported(crowd(first, BATCH));
    appendFileSync(file, records);
    lines += records.split('\n').length - 1;
    most = Math.max(most, process.memoryUsage().rss);
  }
  const took = performance.now() - begun;
  return {
    what: `collector, ${SESSIONS} sessions`,
    value: `${((took * 1000) / lines).toFixed(0)} µs for a report`,
    note: `${lines} reports in ${time(took)}; ${megabytes(most - before)} more memory at most`,
  };
}

async function written(file: string, { lake }: Asking): Promise<Row> {
  await lake.stream();
  const { endpoint } = await lake.serve(lake.firehose.api['firehose']);
  const client = new FirehoseClient({ region: 'eu-west-1', endpoint, credentials: CREDENTIALS });
  const content = readFileSync(file);
  const begun = performance.now();
  let [from, sent] = [0, 0];
  while (from < content.length) {
    const to =
      from + RECORD_BYTES >= content.length ? content.length : content.lastIndexOf(10, from + RECORD_BYTES) + 1;
    const Record = { Data: content.subarray(from, to) };
    await client.send(new PutRecordCommand({ DeliveryStreamName: 'reports', Record }));
    from = to;
    sent += 1;
    if (sent % RECORDS === 0) await lake.firehose.stop();
  }
  await lake.firehose.stop();
  client.destroy();
  const files = lake.s3.list('lake', 'events/');
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return {
    what: 'JSON to Parquet, in the local Firehose',
    value: time(performance.now() - begun),
    note: `${megabytes(content.length)} become ${megabytes(bytes)} in ${files.length} files`,
  };
}

async function asked(asking: Asking, truth: ReturnType<typeof truthOf>): Promise<readonly Row[]> {
  const scope = scopeOf({ days: 3, now: Date.now() });
  const rows: Row[] = [];
  for (const { name, sql } of savedQueries().filter(({ reads }) => !reads.includes('requests'))) {
    const begun = performance.now();
    const { Status, Statistics } = await asking.run(sql(scope));
    if (Status?.State !== 'SUCCEEDED') throw new Error(`${name}: ${Status?.State} ${Status?.StateChangeReason}`);
    const took = performance.now() - begun;
    const [header = [], ...lines] = await asking.rows(sql(scope));
    const answer = lines.map((line) => Object.fromEntries(line.map((value, index) => [header[index], value])));
    const wrong = differences(truth[name] ?? [], answer);
    const scanned = Statistics?.DataScannedInBytes ?? 0;
    const cost = (Math.max(scanned, 10_000_000) / 1e12) * 5;
    rows.push({
      what: `query ${name}`,
      value: time(took),
      note: `${wrong[0] ?? `${lines.length} rows, all right`}; ${megabytes(scanned)} read; ${cost.toFixed(5)} USD on Athena`,
    });
  }
  return rows;
}

/** The table of events as its template declares it, in the bucket of a test. */
function tableOfEvents() {
  const location = 's3://lake/events/';
  return {
    CatalogId: '111122223333',
    DatabaseName: 'audience',
    TableInput: {
      Name: 'events',
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: [{ Name: 'day', Type: 'string' }],
      Parameters: {
        'projection.enabled': 'true',
        'projection.day.type': 'date',
        'projection.day.format': 'yyyy-MM-dd',
        'projection.day.range': 'NOW-92DAYS,NOW+1DAYS',
        'projection.day.interval': '1',
        'projection.day.interval.unit': 'DAYS',
        'storage.location.template': `${location}day=\${day}/`,
      },
      StorageDescriptor: {
        Columns: EVENT_COLUMNS.map(([Name, Type]) => ({ Name, Type })),
        Location: location,
        InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      },
    },
  };
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
