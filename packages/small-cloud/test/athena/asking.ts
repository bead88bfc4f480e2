import { setTimeout as pause } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  type StartQueryExecutionInput,
} from '@aws-sdk/client-athena';
import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import type { JsonObject } from '../../src/contract';
import { CREDENTIALS, TestLake } from '../firehose/test-lake';

/** A lake with a work group `audience`, and the SDK's real client. {@link Asking.close} ends it. */
export class Asking {
  private constructor(
    readonly lake: TestLake,
    readonly client: AthenaClient,
    /** Chooses the role of the next calls. */
    readonly asRole: (arn: string | undefined) => void,
  ) {}

  static async open(options: Parameters<typeof TestLake.open>[0] = {}, group: JsonObject = {}): Promise<Asking> {
    const lake = await TestLake.open(options);
    await lake.cloud.create(lake.athena, 'AWS::Athena::WorkGroup', 'Group', {
      Name: 'audience',
      WorkGroupConfiguration: { ManagedQueryResultsConfiguration: { Enabled: true }, ...group },
    });
    const { server, endpoint } = await lake.serve(lake.athena.api['athena']);
    const client = new AthenaClient({ region: 'eu-west-1', endpoint, credentials: CREDENTIALS, maxAttempts: 1 });
    return new Asking(lake, client, (arn) => {
      server.roleArn = arn;
    });
  }

  /** Sends events through a stream into the table. */
  async fill(events: readonly JsonObject[]): Promise<void> {
    await this.lake.stream();
    const { endpoint } = await this.lake.serve(this.lake.firehose.api['firehose']);
    const client = new FirehoseClient({ region: 'eu-west-1', endpoint, credentials: CREDENTIALS });
    const Data = Buffer.from(events.map((event) => JSON.stringify(event)).join('\n'));
    await client.send(new PutRecordCommand({ DeliveryStreamName: 'reports', Record: { Data } }));
    client.destroy();
    await this.lake.firehose.stop();
  }

  /** Runs a query to its end. */
  async run(QueryString: string, input: Partial<StartQueryExecutionInput> = {}): Promise<QueryExecution> {
    const QueryExecutionContext = { Database: 'audience' };
    const command = new StartQueryExecutionCommand({
      WorkGroup: 'audience',
      QueryExecutionContext,
      ...input,
      QueryString,
    });
    const { QueryExecutionId } = await this.client.send(command);
    for (;;) {
      const { QueryExecution } = await this.client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      const state = QueryExecution?.Status?.State ?? '';
      if (QueryExecution !== undefined && !['QUEUED', 'RUNNING'].includes(state)) return QueryExecution;
      await pause(5);
    }
  }

  /** The rows of a query that succeeds, the header first; null is null. */
  async rows(statement: string): Promise<readonly (readonly (string | null)[])[]> {
    const { QueryExecutionId, Status } = await this.run(statement);
    if (Status?.State !== 'SUCCEEDED') throw new Error(`${Status?.State}: ${Status?.StateChangeReason}`);
    const { ResultSet } = await this.client.send(new GetQueryResultsCommand({ QueryExecutionId }));
    return (ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue ?? null));
  }

  /** The one row of a query of expressions. */
  async values(expressions: string): Promise<readonly (string | null)[]> {
    return (await this.rows(`SELECT ${expressions}`))[1] ?? [];
  }

  /** The sentence with which a query is refused, before or after it starts. */
  async refusal(statement: string): Promise<string> {
    try {
      const { Status } = await this.run(statement);
      return `${Status?.State} ${Status?.StateChangeReason}`;
    } catch (error) {
      return error instanceof Error ? `${error.name} ${error.message}` : String(error);
    }
  }

  async close(): Promise<void> {
    this.client.destroy();
    await this.lake.close();
  }
}
