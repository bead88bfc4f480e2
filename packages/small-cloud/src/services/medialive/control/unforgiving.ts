/**
 * The moods of the real service, for tests: off in an ordinary run. Everything that a lifecycle has to outlive on AWS
 * can be had here on demand.
 */
export interface Unforgiving {
  /** For how long after its creation a resource is unknown to Describe and List calls, in milliseconds. */
  readonly eventualConsistencyMs?: number;
  /** Whether to answer a call with TooManyRequestsException (429). */
  throttle?(action: string): boolean;
  /**
   * An error in place of an answer, or of the work of a CloudFormation provider, which is asked about by the name of
   * the call that it stands for: `CreateChannel`, `UpdateInput`, `DeleteInputSecurityGroup`.
   */
  fail?(action: string): Error | undefined;
  /** Why work on a channel that was taken on fails in the end: CREATE_FAILED, or UPDATE_FAILED. */
  settle?(work: 'create' | 'update'): string | undefined;
}

/** @throws the error with which an action is to fail. */
export function failIfAsked({ fail }: Unforgiving, action: string): void {
  const error = fail?.(action);
  if (error !== undefined) throw error;
}
