import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Means for a function of the stack to watch private channels as a viewer would. */
export interface Viewing {
  /** Settings of the function. */
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
}
