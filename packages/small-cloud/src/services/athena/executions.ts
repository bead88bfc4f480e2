import { randomUUID } from 'node:crypto';
import type { Catalog, Cloud, ObjectShelf } from '../../contract';
import { Execution, type ExecutionFacts } from './execution';
import { type Caller, may, tableFor } from './permissions';
import { Engine } from './query/engine';
import { PreparedQuery, type QueryResult } from './query/query';
import { QueryError } from './query/query-error';
import { invalid, type WorkGroupSettings } from './work-group';

/** Parts of the run that executions use. */
export interface ExecutionMeans {
  readonly cloud: Cloud;
  readonly shelf: ObjectShelf;
  readonly catalog: Catalog;
}

/** A query as a caller asks for it. */
export interface Asked {
  readonly statement: string;
  /** Values for the question marks of the statement, as SQL. */
  readonly values: readonly string[];
  readonly database: string | undefined;
  readonly group: WorkGroupSettings;
  /** `s3://…/` that the call gives; undefined when it gives none. */
  readonly output: string | undefined;
  readonly roleArn: string | undefined;
  /** Names the call, so that it can be repeated; undefined when it has none. */
  readonly token: string | undefined;
}

/** Executions that are remembered with their results; older ones are forgotten. */
const MOST_EXECUTIONS = 100;

/** Executes queries, one after another, outside of the event loop. */
export class Executions {
  private readonly engine: Engine;
  private readonly all = new Map<string, Execution>();
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly means: ExecutionMeans) {
    this.engine = new Engine(means.shelf.folder);
  }

  /** Starts a query. @throws AwsError InvalidRequestException for a syntax that Athena refuses, or a place for results that it cannot use. */
  async start(asked: Asked): Promise<Execution> {
    const id = randomUUID();
    const { statement, database, roleArn, group, token } = asked;
    const output = this.outputOf(asked, id);
    const query = await this.prepared(asked);
    const submitted = this.means.cloud.clock.now();
    const facts = { id, statement, database, roleArn, token, workGroup: group.name, output, submitted };
    const execution = new Execution(facts, query);
    this.all.set(id, execution);
    this.forgetOldest();
    this.last = this.last.then(() => this.run(execution, group));
    return execution;
  }

  find(id: string): Execution | undefined {
    return this.all.get(id);
  }

  withToken(token: string): Execution | undefined {
    return [...this.all.values()].find(({ facts }) => facts.token === token);
  }

  /** Ends a query that is not over. Its state is CANCELLED. */
  cancel(execution: Execution, reason?: string): void {
    if (execution.isOver) return;
    const wasRunning = execution.state === 'RUNNING';
    execution.end('CANCELLED', this.means.cloud.clock.now(), reason);
    if (wasRunning) execution.query.stop();
  }

  /** Returns true if a work group has executions. */
  has(workGroup: string): boolean {
    return [...this.all.values()].some(({ facts }) => facts.workGroup === workGroup);
  }

  forget(workGroup: string): void {
    for (const [id, { facts }] of this.all) if (facts.workGroup === workGroup) this.all.delete(id);
  }

  /** Ends all queries and the engine. */
  async close(): Promise<void> {
    for (const execution of this.all.values()) this.cancel(execution);
    await this.last;
    await this.engine.close();
  }

  private async prepared({ statement, values }: Asked): Promise<PreparedQuery> {
    try {
      return await PreparedQuery.of(this.engine, statement, values);
    } catch (error) {
      if (error instanceof QueryError) throw invalid(error.message, 'MALFORMED_QUERY');
      throw error;
    }
  }

  /** @throws AwsError InvalidRequestException when there is no place for the result. */
  private outputOf({ group, output, roleArn }: Asked, id: string): ExecutionFacts['output'] {
    const location = group.isEnforced || output === undefined ? group.output : output;
    if (location === 'managed') return undefined;
    if (location === undefined) {
      throw invalid(
        'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
      );
    }
    const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location) ?? [];
    const request = { action: 's3:GetBucketLocation', resource: `arn:${this.means.cloud.partition}:s3:::${bucket}` };
    if (!this.means.shelf.holds(bucket) || !may(this.caller(roleArn), request)) {
      throw invalid(`Unable to verify/create output bucket ${bucket}`);
    }
    return { bucket, key: `${prefix}${id}.csv` };
  }

  private async run(execution: Execution, group: WorkGroupSettings): Promise<void> {
    if (execution.isOver) return execution.query.close();
    execution.state = 'RUNNING';
    const { clock } = this.means.cloud;
    try {
      const result = await this.resultOf(execution, group);
      if (execution.isOver) return;
      await this.store(execution, result);
      execution.result = result;
      execution.end('SUCCEEDED', clock.now());
    } catch (error) {
      execution.end('FAILED', clock.now(), error instanceof Error ? error.message : String(error));
    }
  }

  private resultOf(execution: Execution, group: WorkGroupSettings): Promise<QueryResult> {
    const { shelf, catalog, cloud } = this.means;
    const caller = this.caller(execution.facts.roleArn);
    return execution.query.run({
      shelf,
      database: execution.facts.database,
      now: cloud.clock.now(),
      table: (database, name) => tableFor(caller, catalog, [database, name]),
      scanning: (bytes) => {
        execution.scannedBytes = bytes;
        if (group.cutoffBytes === undefined || bytes <= group.cutoffBytes) return;
        const reason = 'Query cancelled! : Bytes scanned limit was exceeded';
        execution.scannedBytes = group.cutoffBytes;
        execution.end('CANCELLED', cloud.clock.now(), reason);
        throw new QueryError(reason);
      },
    });
  }

  /** Writes the result as Athena does: one CSV file, every value in quotation marks, nothing for null. */
  private async store({ facts: { output, roleArn } }: Execution, { columns, rows }: QueryResult): Promise<void> {
    if (output === undefined) return;
    const { bucket, key } = output;
    const resource = `arn:${this.means.cloud.partition}:s3:::${bucket}/${key}`;
    if (!may(this.caller(roleArn), { action: 's3:PutObject', resource })) {
      throw new QueryError(
        `Access denied when writing output to url: s3://${bucket}/${key} . Please ensure you are allowed to access the S3 bucket.`,
      );
    }
    const lines = [columns.map(({ name }) => name), ...rows].map((row) => `${row.map(csv).join(',')}\n`);
    await this.means.shelf.write({ bucket, key, body: Buffer.from(lines.join('')), contentType: 'text/csv' });
  }

  private caller(roleArn: string | undefined): Caller {
    const { access, partition } = this.means.cloud;
    return { access, partition, roleArn };
  }

  private forgetOldest(): void {
    for (const [id, execution] of this.all) {
      if (this.all.size <= MOST_EXECUTIONS) return;
      if (execution.isOver) this.all.delete(id);
    }
  }
}

function csv(value: string | undefined): string {
  return value === undefined ? '' : `"${value.replaceAll('"', '""')}"`;
}
