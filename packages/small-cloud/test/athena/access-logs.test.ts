import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Asking } from './asking';

/** The first 16 of the 33 columns that AWS's page declares. */
const NAMES =
  'date time x_edge_location sc_bytes c_ip cs_method cs_host cs_uri_stem sc_status cs_referer cs_user_agent cs_uri_query cs_cookie x_edge_result_type';
const TYPES: Readonly<Record<string, string>> = { date: 'date', sc_bytes: 'bigint', sc_status: 'int' };

const REQUESTS = {
  CatalogId: '111122223333',
  DatabaseName: 'audience',
  TableInput: {
    Name: 'requests',
    TableType: 'EXTERNAL_TABLE',
    Parameters: { 'skip.header.line.count': '2' },
    StorageDescriptor: {
      Columns: NAMES.split(' ').map((Name) => ({ Name, Type: TYPES[Name] ?? 'string' })),
      Location: 's3://lake/logs/',
      InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
      SerdeInfo: {
        SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
        Parameters: { 'field.delim': '\t', 'serialization.format': '\t' },
      },
    },
  },
};

let asking: Asking;

beforeAll(async () => {
  asking = await Asking.open();
  const { cloud, glue, s3 } = asking.lake;
  await cloud.create(glue, 'AWS::Glue::Table', 'Requests', REQUESTS);
  const line = (status: string, result: string) =>
    `2026-11-29\t03:10:00\tLOCAL50-C1\t5\t127.0.0.1\tGET\td1.cloudfront.net\t/a.m4s\t${status}\t-\tTest\tCMCD=sid%253D%2522x%2522\t-\t${result}\textra\n`;
  const write = (key: string, text: string) =>
    s3.write({ bucket: 'lake', key, body: gzipSync(`#Version: 1.0\n#Fields: date\n${text}`), contentType: '' });
  await write('logs/E1.2026-11-29-03.a.gz', line('200', 'Hit') + line('503', 'Error'));
  await write('logs/E1.2026-11-29-03.b.gz', line('-', 'Miss'));
});

afterAll(() => asking.close());

test('the access logs of CloudFront are a table without partitions', async () => {
  const rows = await asking.rows(`SELECT "date", sc_status, sum(sc_bytes), x_edge_result_type,
    url_decode(url_decode(cs_uri_query)) FROM requests WHERE "date" >= date '2026-11-01'
    GROUP BY 1, 2, 4, 5 ORDER BY x_edge_result_type`);
  expect(rows.slice(1)).toEqual([
    ['2026-11-29', '503', '5', 'Error', 'CMCD=sid="x"'],
    ['2026-11-29', '200', '5', 'Hit', 'CMCD=sid="x"'],
    ['2026-11-29', null, '5', 'Miss', 'CMCD=sid="x"'],
  ]);
});

test('a query of them scans whole objects', async () => {
  const { Statistics } = await asking.run('SELECT count(*) FROM requests');
  const sizes = asking.lake.s3.list('lake', 'logs/').map(({ size }) => size);
  expect(Statistics?.DataScannedInBytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
});
