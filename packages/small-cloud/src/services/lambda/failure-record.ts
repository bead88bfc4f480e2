import type { Value } from '../../contract';
import type { InvocationResult } from './invocation';

/** The reason that an event is not tried again. */
export type GivenUp = 'RetriesExhausted' | 'EventAgeExceeded';

/**
 * The record of an event that a failure destination gets.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export interface FailureRecord {
  readonly version: '1.0';
  readonly timestamp: string;
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: GivenUp;
    readonly approximateInvokeCount: number;
  };
  readonly requestPayload: Value;
  readonly responseContext: {
    readonly statusCode: 200;
    readonly executedVersion: '$LATEST';
    readonly functionError: 'Unhandled';
  };
  readonly responsePayload: Value;
}

/** An event that was given up. */
export interface FailedEvent {
  readonly requestId: string;
  readonly event: Value;
  readonly invocations: number;
  readonly condition: GivenUp;
}

/** Makes the record of an event that a function failed at, with the result of its last invocation. */
export function failureRecord(
  { requestId, event, invocations, condition }: FailedEvent,
  functionArn: string,
  now: number,
  result: InvocationResult,
): FailureRecord {
  return {
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId,
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: invocations,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: 'functionError' in result ? { ...result.functionError } : result.payload,
  };
}
