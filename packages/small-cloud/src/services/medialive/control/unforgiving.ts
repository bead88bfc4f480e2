/**
 * Faults of the real service, for tests; off in an ordinary run. A test can ask for everything that a lifecycle has to
 * survive on AWS.
 */
export interface Unforgiving {
  /** Time after its creation for which a resource is unknown to Describe and List calls, in milliseconds. */
  readonly eventualConsistencyMs?: number;
  /** Tells whether to answer a call with TooManyRequestsException (429). */
  throttle?(action: string): boolean;
  /**
   * Returns an error in place of an answer, or of the work of a CloudFormation provider. The name is that of the call,
   * even for a provider: `CreateChannel`, `UpdateInput`, `DeleteInputSecurityGroup`.
   */
  fail?(action: string): Error | undefined;
  /** Returns the reason for which work on a channel fails in the end: CREATE_FAILED, or UPDATE_FAILED. */
  settle?(work: 'create' | 'update'): string | undefined;
}

/** Fails as a test has asked. @throws Error that the test gave for this action. */
export function failIfAsked({ fail }: Unforgiving, action: string): void {
  const error = fail?.(action);
  if (error !== undefined) throw error;
}
