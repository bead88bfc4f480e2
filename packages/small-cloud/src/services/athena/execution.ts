import type { PreparedQuery, QueryResult } from './query/query';

/** States of a query. */
export type ExecutionState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** The facts of an execution that do not change. */
export interface ExecutionFacts {
  readonly id: string;
  readonly statement: string;
  readonly workGroup: string;
  readonly database: string | undefined;
  /** The object that holds the result; undefined for results that Athena keeps itself. */
  readonly output: { readonly bucket: string; readonly key: string } | undefined;
  /** The role that started it; undefined for the operator. */
  readonly roleArn: string | undefined;
  /** The token of the call that started it. */
  readonly token: string | undefined;
  /** Milliseconds since 1970. */
  readonly submitted: number;
}

/** One execution of a query. */
export class Execution {
  state: ExecutionState = 'QUEUED';
  reason: string | undefined;
  scannedBytes = 0;
  completed: number | undefined;
  result: QueryResult | undefined;

  constructor(
    readonly facts: ExecutionFacts,
    readonly query: PreparedQuery,
  ) {}

  get isOver(): boolean {
    return this.state !== 'QUEUED' && this.state !== 'RUNNING';
  }

  /** Ends it in a state. Only the first end counts. */
  end(state: 'SUCCEEDED' | 'FAILED' | 'CANCELLED', at: number, reason?: string): void {
    if (this.isOver) return;
    Object.assign(this, { state, reason, completed: at });
  }
}
