/** Answer to a query: all values are text; undefined is null. */
export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | undefined)[])[];
  readonly scannedBytes: number;
}

/** A query, and the place where it is asked. */
export interface Question {
  readonly sql: string;
  readonly workGroup: string;
  readonly database: string;
}

/** Asks a lake. */
export interface QuestionService {
  /** @throws LiveFailure with the words of the service for a query that fails; otherwise the errors of the SDK. */
  ask(question: Question): Promise<Answer>;
}
