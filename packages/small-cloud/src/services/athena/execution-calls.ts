import type { ApiRequest, Properties } from '../../contract';
import type { JsonOperation } from '../kit/json-protocol';
import type { PropertyReader } from '../kit/property-reader';
import { type AthenaApiSubject, authorizeIn, groupOf } from './call';
import type { Execution } from './execution';
import type { ResultColumn } from './query/query';
import { invalid, outputLocation, PRIMARY } from './work-group';

const LONGEST_STATEMENT = 262_144;
const MOST_ROWS = 1000;

/** The operations of Athena's API that run queries. */
export function executionCalls(subject: AthenaApiSubject): Readonly<Record<string, JsonOperation>> {
  return {
    StartQueryExecution: startQueryExecution(subject),
    GetQueryExecution: (input, request) => {
      const execution = executionOf(subject, input, { request, action: 'athena:GetQueryExecution' });
      input.end();
      return { QueryExecution: shown(execution) };
    },
    GetQueryResults: getQueryResults(subject),
    StopQueryExecution: (input, request) => {
      const execution = executionOf(subject, input, { request, action: 'athena:StopQueryExecution' });
      input.end();
      subject.executions.cancel(execution);
      return {};
    },
  };
}

/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html */
function startQueryExecution(subject: AthenaApiSubject): JsonOperation {
  return async (input, request) => {
    const name = input.maybeText('WorkGroup') ?? PRIMARY.name;
    const statement = input.text('QueryString');
    const token = input.maybeText('ClientRequestToken');
    const context = input.section('QueryExecutionContext');
    const database = context.maybeText('Database')?.toLowerCase();
    context.oneOf('Catalog', ['AwsDataCatalog', 'awsdatacatalog'], 'AwsDataCatalog');
    const output = outputLocation(input.section('ResultConfiguration').withoutEffect('EncryptionConfiguration'));
    const values = input.texts('ExecutionParameters');
    input.onlyEmpty('ResultReuseConfiguration');
    input.end();
    authorizeIn(subject, request, { action: 'athena:StartQueryExecution', group: name });
    const group = groupOf(subject, name);
    if (!group.isEnabled) throw invalid(`WorkGroup ${name} is disabled.`);
    if (statement.length > LONGEST_STATEMENT) {
      throw invalid(`QueryString: ${LONGEST_STATEMENT} characters at most are allowed`);
    }
    // A call that is repeated with its token starts nothing.
    const known = token === undefined ? undefined : subject.executions.withToken(token);
    const { roleArn } = request;
    const asked = { statement, values, database, group, output, roleArn, token };
    const { facts } = known ?? (await subject.executions.start(asked));
    return { QueryExecutionId: facts.id };
  };
}

function executionOf(
  subject: AthenaApiSubject,
  input: PropertyReader,
  { request, action }: { readonly request: ApiRequest; readonly action: string },
): Execution {
  const id = input.text('QueryExecutionId');
  const execution = subject.executions.find(id);
  authorizeIn(subject, request, { action, group: execution?.facts.workGroup ?? PRIMARY.name });
  if (execution === undefined) throw invalid(`QueryExecution ${id} was not found`);
  return execution;
}

/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html */
function getQueryResults(subject: AthenaApiSubject): JsonOperation {
  return (input, request) => {
    const execution = executionOf(subject, input, { request, action: 'athena:GetQueryResults' });
    const most = input.whole('MaxResults', 1, MOST_ROWS, MOST_ROWS);
    const start = Number(input.maybeText('NextToken') ?? '0');
    input.end();
    const { state, result } = execution;
    if (!execution.isOver) throw invalid(`Query has not yet finished. Current state: ${state}`, 'QUERY_NOT_FINISHED');
    if (result === undefined) throw invalid(`Query did not finish successfully. Final query state: ${state}`);
    // The names of the columns are the first row of the first page.
    const rows = [result.columns.map(({ name }) => name), ...result.rows];
    const ResultSet = {
      Rows: rows.slice(start, start + most).map((row) => ({ Data: row.map(datum) })),
      ResultSetMetadata: { ColumnInfo: result.columns.map(columnInfo) },
    };
    const answer = { ResultSet, UpdateCount: 0 };
    return start + most < rows.length ? { ...answer, NextToken: String(start + most) } : answer;
  };
}

function datum(value: string | undefined): Properties {
  return value === undefined ? {} : { VarCharValue: value };
}

/** Digits and places after the point, by type. */
const DIGITS: Readonly<Record<string, readonly [precision: number, scale: number]>> = {
  bigint: [19, 0],
  integer: [10, 0],
  smallint: [5, 0],
  tinyint: [3, 0],
  double: [17, 0],
  float: [17, 0],
  varchar: [2_147_483_647, 0],
  timestamp: [3, 0],
  'timestamp with time zone': [3, 0],
};

function columnInfo({ name, type }: ResultColumn): Properties {
  const [Precision, Scale] = DIGITS[type] ?? [0, 0];
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type: type,
    Precision,
    Scale,
    Nullable: 'UNKNOWN',
    CaseSensitive: type === 'varchar',
  };
}

function shown({ facts, state, reason, scannedBytes, completed }: Execution): Properties {
  const { id, statement, workGroup, database, output, submitted } = facts;
  const milliseconds = Math.round((completed ?? submitted) - submitted);
  return {
    QueryExecutionId: id,
    Query: statement,
    StatementType: 'DML',
    ResultConfiguration: output === undefined ? null : { OutputLocation: `s3://${output.bucket}/${output.key}` },
    ManagedQueryResultsConfiguration: { Enabled: output === undefined },
    QueryExecutionContext: database === undefined ? {} : { Database: database },
    Status: {
      State: state,
      StateChangeReason: reason ?? null,
      SubmissionDateTime: submitted / 1000,
      CompletionDateTime: completed === undefined ? null : completed / 1000,
    },
    Statistics: {
      EngineExecutionTimeInMillis: milliseconds,
      DataScannedInBytes: scannedBytes,
      TotalExecutionTimeInMillis: milliseconds,
    },
    WorkGroup: workGroup,
    EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
  };
}
