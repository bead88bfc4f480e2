import {
  AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { clientSettings, type Place } from './aws-service';
import { EXIT, LiveFailure } from './failure';
import type { Answer, Question, QuestionService } from './question-service';
import type { Clock } from './service';

/** Time between two looks at a query that runs, in milliseconds. */
const LOOK_MILLISECONDS = 400;

/**
 * Makes the service that asks Athena.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html
 */
export function athena(place: Place, { sleep }: Pick<Clock, 'sleep'>): QuestionService {
  const client = new AthenaClient(clientSettings(place));
  return {
    async ask({ sql, workGroup, database }: Question): Promise<Answer> {
      const { QueryExecutionId } = await client.send(
        new StartQueryExecutionCommand({
          QueryString: sql,
          WorkGroup: workGroup,
          QueryExecutionContext: { Database: database },
        }),
      );
      for (;;) {
        const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
        const { State = 'QUEUED', StateChangeReason = 'no reason given' } = QueryExecution?.Status ?? {};
        if (State === 'SUCCEEDED') {
          return { ...(await answer(client, QueryExecutionId)), scannedBytes: scanned(QueryExecution) };
        }
        if (State === 'FAILED' || State === 'CANCELLED') {
          throw new LiveFailure(`Athena did not answer (${State}): ${StateChangeReason}`, EXIT.notReached);
        }
        await sleep(LOOK_MILLISECONDS);
      }
    },
  };
}

function scanned(
  execution: { readonly Statistics?: { readonly DataScannedInBytes?: number | undefined } } | undefined,
) {
  return execution?.Statistics?.DataScannedInBytes ?? 0;
}

/** Reads all pages of a result. The first row of the first page has the names of the columns. */
async function answer(client: AthenaClient, QueryExecutionId: string | undefined) {
  const rows: (readonly (string | undefined)[])[] = [];
  for await (const { ResultSet } of paginateGetQueryResults({ client }, { QueryExecutionId })) {
    for (const { Data = [] } of ResultSet?.Rows ?? []) rows.push(Data.map(({ VarCharValue }) => VarCharValue));
  }
  const [columns = [], ...values] = rows;
  return { columns: columns.map((name) => name ?? ''), rows: values };
}
