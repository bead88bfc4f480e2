import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { FirehoseClient, PutRecordBatchCommand, PutRecordCommand } from '@aws-sdk/client-firehose';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CREDENTIALS, TestLake } from './test-lake';
import { roleProperties } from './test-stream';

const DeliveryStreamName = 'reports';

let lake: TestLake;
let client: FirehoseClient;
let asRole: (arn: string | undefined) => void;

async function open(speed = 1): Promise<void> {
  lake = await TestLake.open({ speed });
  const { server, endpoint } = await lake.serve(lake.firehose.api['firehose']);
  asRole = (arn) => {
    server.roleArn = arn;
  };
  client = new FirehoseClient({ region: 'eu-west-1', endpoint, credentials: CREDENTIALS, maxAttempts: 1 });
}

beforeEach(() => open());

afterEach(async () => {
  client.destroy();
  await lake.close();
});

function put(text: string) {
  return client.send(new PutRecordCommand({ DeliveryStreamName, Record: { Data: Buffer.from(text) } }));
}

function objects(prefix = '') {
  return lake.s3.list('lake', prefix);
}

async function refusal(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(() => 'nothing was refused').catch((error: unknown) => error);
}

describe('a stream that converts to Parquet', () => {
  test('writes the lines of its records as one file of the day, when the run ends', async () => {
    await lake.stream();
    await put('{"ts":1764385200000,"sid":"a","stalls":2}\n{"ts":1764385200001,"sid":"b"}\n');
    await put('{"TS":"1764385200002","sid":7}{"ts":1764385200003,"unknown":true}');
    expect(objects()).toEqual([]);
    await lake.firehose.stop();
    const day = new Date().toISOString().slice(0, 10);
    expect(objects().map(({ key }) => key)).toEqual([
      expect.stringMatching(
        new RegExp(`^events/day=${day}/reports-1-${day}-\\d\\d-\\d\\d-\\d\\d-[\\w-]{36}\\.parquet$`),
      ),
    ]);
    expect(
      readFileSync(objects()[0]?.file ?? '')
        .subarray(0, 4)
        .toString(),
    ).toBe('PAR1');
    expect(lake.cloud.told).toContainEqual(expect.stringMatching(/^reports wrote 4 rows to s3:/));
  });

  test('delivers after its seconds of the cloud, which pass faster in a hurried run', async () => {
    await lake.close();
    await open(3600);
    await lake.stream();
    await put('{"ts":1,"sid":"a"}');
    while (objects().length === 0) await pause(10);
    expect(objects()).toHaveLength(1);
  });

  test('writes an object that does not fit to the error prefix, and the others to the table', async () => {
    await lake.stream();
    await put(
      '{"ts":"soon","sid":"a"}\n[{"ts":1}]\nnot json\n{"ts":1,"sid":"ok"}\n{"ts":3000000000000,"stalls":3000000000}',
    );
    await lake.firehose.stop();
    expect(objects('events/')).toHaveLength(1);
    const [failed, ...more] = objects('errors/format-conversion-failed/');
    expect(more).toEqual([]);
    const reports = readFileSync(failed?.file ?? '', 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(reports.map(({ ErrorCode, rawData }) => [ErrorCode, Buffer.from(rawData, 'base64').toString()])).toEqual([
      ['DataFormatConversion.MalformedData', '{"ts":"soon","sid":"a"}'],
      ['DataFormatConversion.ParseError', '[{"ts":1}]'],
      ['DataFormatConversion.ParseError', 'not json'],
      ['DataFormatConversion.MalformedData', '{"ts":3000000000000,"stalls":3000000000}'],
    ]);
    expect(reports[0]).toMatchObject({ dataCatalogTable: { databaseName: 'audience', tableName: 'events' } });
  });

  test('takes 500 records of a batch, and no more', async () => {
    await lake.stream();
    const Records = Array.from({ length: 501 }, () => ({ Data: Buffer.from('{"ts":1}') }));
    const batch = (records: typeof Records) =>
      client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records: records }));
    expect(await batch(Records.slice(1))).toMatchObject({ FailedPutCount: 0 });
    expect(await refusal(batch(Records))).toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("'records' failed to satisfy constraint: Member must have length less than or"),
    });
  });

  test('refuses a record of more than 1,000 KiB and a batch of more than 4 MiB', async () => {
    await lake.stream();
    expect(await refusal(put('x'.repeat(1_024_001)))).toMatchObject({ name: 'ValidationException' });
    const Records = Array.from({ length: 5 }, () => ({ Data: Buffer.alloc(1_000_000, ' ') }));
    expect(await refusal(client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records })))).toMatchObject({
      name: 'InvalidArgumentException',
    });
  });

  test('holds 16 MiB at most while the bucket is slow, and asks to slow down beyond it', async () => {
    await lake.stream();
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    Object.assign(lake.s3, { write: () => gate });
    const record = JSON.stringify({ ts: 1, sid: 'x'.repeat(1_000_000) });
    for (let count = 0; count < 16; count += 1) await put(record);
    expect(await refusal(put(record))).toMatchObject({ name: 'ServiceUnavailableException' });
    release();
  });

  test('takes records of a role that may put them, on its own ARN', async () => {
    const stream = await lake.stream();
    asRole(await lake.cloud.role('Sender', ['firehose:PutRecord', stream.attribute('Arn')]));
    await put('{"ts":1}');
    asRole(await lake.cloud.role('Stranger', ['firehose:PutRecordBatch', stream.attribute('Arn')]));
    expect(await refusal(put('{"ts":1}'))).toMatchObject({ name: 'AccessDeniedException' });
  });

  test('gives up what its role may not write, with the actions that are missing', async () => {
    await lake.stream({}, roleProperties('s3:PutObject'));
    await put('{"ts":1}');
    await lake.firehose.stop();
    expect(objects()).toEqual([]);
    expect(lake.cloud.told).toContainEqual(expect.stringContaining('does not allow s3:PutObject'));
  });

  test('is not found when there is none', async () => {
    expect(await refusal(put('{}'))).toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
