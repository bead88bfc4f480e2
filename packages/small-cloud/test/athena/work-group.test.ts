import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  BatchGetNamedQueryCommand,
  GetNamedQueryCommand,
  GetQueryResultsCommand,
  ListNamedQueriesCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Asking } from './asking';

const GROUP = 'arn:aws:athena:eu-west-1:111122223333:workgroup/audience';
const QUERY = { Database: 'audience', QueryString: 'SELECT 1', Name: 'one', WorkGroup: 'audience' };

let asking: Asking;

beforeEach(async () => {
  asking = await Asking.open();
});

afterEach(() => asking.close());

function group(properties: object, Name = 'other') {
  const { cloud, athena } = asking.lake;
  return cloud.create(athena, 'AWS::Athena::WorkGroup', 'Other', { Name, ...properties });
}

describe('a work group', () => {
  test.each([
    ['a cutoff below 10 MB', { BytesScannedCutoffPerQuery: 9_999_999 }, '10000000 or more is needed'],
    [
      'a place for results that Athena keeps itself',
      { ManagedQueryResultsConfiguration: { Enabled: true }, ResultConfiguration: { OutputLocation: 's3://lake/r/' } },
      'OutputLocation cannot be set',
    ],
    ['a place that is no bucket', { ResultConfiguration: { OutputLocation: '/tmp' } }, 'not a valid S3 path'],
    ['an older engine', { EngineVersion: { SelectedEngineVersion: 'Athena engine version 2' } }, 'is not modelled'],
  ])('refuses %s', async (_, WorkGroupConfiguration, sentence) => {
    await expect(group({ WorkGroupConfiguration })).rejects.toThrow(sentence);
  });

  test('is not deleted with saved queries or executions, unless its option says so', async () => {
    const { cloud, athena } = asking.lake;
    const kept = await group({ WorkGroupConfiguration: { ManagedQueryResultsConfiguration: { Enabled: true } } });
    await asking.run('SELECT 1', { WorkGroup: 'other' });
    await expect(kept.delete()).rejects.toThrow('WorkGroup other is not empty');
    await kept.update({ Name: 'other', RecursiveDeleteOption: true });
    await cloud.create(athena, 'AWS::Athena::NamedQuery', 'Query', { ...QUERY, WorkGroup: 'other' });
    await kept.delete();
    expect(await asking.refusal('SELECT 1').then(() => group({}))).toMatchObject({ ref: 'other' });
  });

  test('cancels a query that would scan more than its cutoff', async () => {
    await asking.fill(Array.from({ length: 4000 }, (_, ts) => ({ ts, sid: randomBytes(100).toString('hex') })));
    await group({
      WorkGroupConfiguration: {
        BytesScannedCutoffPerQuery: 10_000_000,
        ManagedQueryResultsConfiguration: { Enabled: true },
      },
    });
    const union = Array.from({ length: 60 }, () => 'SELECT max(sid) AS s FROM events').join(' UNION ALL ');
    const { Status, Statistics } = await asking.run(union, { WorkGroup: 'other' });
    expect(Status).toMatchObject({
      State: 'CANCELLED',
      StateChangeReason: expect.stringContaining('Bytes scanned limit'),
    });
    expect(Statistics?.DataScannedInBytes).toBe(10_000_000);
  });

  test('writes results as CSV where it says, and not where the call says', async () => {
    await group({ WorkGroupConfiguration: { ResultConfiguration: { OutputLocation: 's3://lake/results/' } } });
    const ResultConfiguration = { OutputLocation: 's3://lake/elsewhere/' };
    const made = await asking.run("SELECT 'a\"b' AS x, NULL AS y", { WorkGroup: 'other', ResultConfiguration });
    const [object] = asking.lake.s3.list('lake', 'results/');
    expect(made.ResultConfiguration?.OutputLocation).toBe(`s3://lake/${object?.key}`);
    expect(readFileSync(object?.file ?? '', 'utf8')).toBe('"x","y"\n"a""b",\n');
  });

  test('needs a place for results', async () => {
    await group({});
    const started = asking.client.send(new StartQueryExecutionCommand({ QueryString: 'SELECT 1', WorkGroup: 'other' }));
    await expect(started).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining('No output location provided'),
    });
  });
});

describe('an execution', () => {
  test('is started once by a repeated call', async () => {
    const input = { QueryString: 'SELECT 1', WorkGroup: 'audience', ClientRequestToken: 'x'.repeat(32) };
    const [first, second] = [
      await asking.client.send(new StartQueryExecutionCommand(input)),
      await asking.client.send(new StartQueryExecutionCommand(input)),
    ];
    expect(second.QueryExecutionId).toBe(first.QueryExecutionId);
  });

  test('is stopped, and has no results then', async () => {
    const QueryString =
      'SELECT count(*) FROM unnest(sequence(1, 100000)) AS a(x), unnest(sequence(1, 100000)) AS b(y) WHERE x * y % 7 = 1';
    const { QueryExecutionId } = await asking.client.send(
      new StartQueryExecutionCommand({ QueryString, WorkGroup: 'audience' }),
    );
    await asking.client.send(new StopQueryExecutionCommand({ QueryExecutionId }));
    const results = asking.client.send(new GetQueryResultsCommand({ QueryExecutionId }));
    await expect(results).rejects.toThrow('Final query state: CANCELLED');
    expect(await asking.rows('SELECT 1')).toEqual([['_col0'], ['1']]);
  });

  test('reads the table with the permissions of its caller', async () => {
    await asking.fill([{ ts: 1 }]);
    const allowed = [
      ['athena:*', GROUP],
      ['glue:GetDatabase', '*'],
      ['glue:GetTable', '*'],
      ['s3:GetBucketLocation', 'arn:aws:s3:::lake'],
      ['s3:ListBucket', 'arn:aws:s3:::lake'],
      ['s3:GetObject', 'arn:aws:s3:::lake/events/*'],
    ] as const;
    asking.asRole(await asking.lake.cloud.role('Reader', ...allowed));
    expect(await asking.rows('SELECT ts FROM events')).toEqual([['ts'], ['1']]);
    for (const [index, [withheld]] of allowed.entries()) {
      asking.asRole(
        await asking.lake.cloud.role(`Reader${index}`, ...allowed.filter(([action]) => action !== withheld)),
      );
      expect(await asking.refusal('SELECT ts FROM events')).toMatch(/not authorized|PERMISSION_DENIED/);
    }
  });
});

describe('saved queries', () => {
  test('are listed and read by their ids', async () => {
    const { cloud, athena } = asking.lake;
    const made = await cloud.create(athena, 'AWS::Athena::NamedQuery', 'Query', QUERY);
    const { NamedQueryIds } = await asking.client.send(new ListNamedQueriesCommand({ WorkGroup: 'audience' }));
    expect(NamedQueryIds).toEqual([made.ref]);
    const batch = await asking.client.send(new BatchGetNamedQueryCommand({ NamedQueryIds: [made.ref, 'no'] }));
    expect(batch.NamedQueries).toMatchObject([{ Name: 'one', QueryString: 'SELECT 1', WorkGroup: 'audience' }]);
    expect(batch.UnprocessedNamedQueryIds).toMatchObject([{ NamedQueryId: 'no' }]);
    const one = await asking.client.send(new GetNamedQueryCommand({ NamedQueryId: made.ref }));
    expect(one.NamedQuery).toMatchObject({ Database: 'audience' });
  });

  test('need a work group that exists, and a statement of 262,144 characters at most', async () => {
    const { cloud, athena } = asking.lake;
    const create = (overrides: object) =>
      cloud.create(athena, 'AWS::Athena::NamedQuery', 'Query', { ...QUERY, ...overrides });
    await expect(create({ WorkGroup: 'nobody' })).rejects.toThrow('WorkGroup nobody is not found');
    await expect(create({ QueryString: 'x'.repeat(262_145) })).rejects.toThrow('262144 at most');
  });
});
