import type { Stack } from './stack';

/** A request to create or update a stack. */
export interface StackRequest {
  readonly stackName: string;
  /** The parsed template file. */
  readonly template: unknown;
  /** The text of the template file. @default the template as JSON */
  readonly templateBody?: string;
  /** Parameter values, as strings. An update has to repeat the previous ones. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Checked when given. */
  readonly capabilities?: readonly string[];
  /** True keeps everything as it is after a failure. @default false */
  readonly disableRollback?: boolean;
  /** An id that a change set promised to a new stack. @default a new one */
  readonly stackId?: string;
  /** Part of every event of the operation. */
  readonly clientRequestToken?: string;
}

/** An operation under way. */
export interface StackOperation {
  readonly stack: Stack;
  /** Resolves to the stack at the end; rejects with a StackFailure after the rollback. */
  readonly done: Promise<Stack>;
}

/** Settings of one operation. */
export interface OperationOptions {
  /** True keeps everything as it is after a failure. */
  readonly disableRollback: boolean;
  /** Finds the other stack that exports a value under a name. */
  readonly exporter: (exportName: string) => string | undefined;
}
