import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cloud, Value } from '../../contract';
import { type FailureRecord, failureRecord } from './failure-record';
import type { LambdaFunction } from './function';
import type { InvocationResult } from './invocation';

/** Parts of Lambda that asynchronous invocations use. */
export interface AsynchronousOptions {
  readonly cloud: Pick<Cloud, 'clock' | 'tell'>;
  readonly find: (nameOrArn: string) => LambdaFunction;
  readonly invoke: (nameOrArn: string, event: Value, requestId: string) => Promise<InvocationResult>;
  /** Publishes to a topic. @throws when it does not exist. */
  readonly publish: (topicArn: string, message: string) => void;
  /** Waits before the second and the third try. @default 1 and 2 seconds, in place of Lambda's minutes */
  readonly retrySeconds: readonly number[] | undefined;
  /** Ends the waits. */
  readonly signal: AbortSignal;
}

/**
 * Invocations of functions as events: one that fails is tried again, and a failure destination is told of an event that is
 * given up.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
 */
export class AsynchronousInvocations {
  constructor(private readonly options: AsynchronousOptions) {}

  /**
   * Invokes a function as an event: twice more when it fails, or as often as its AWS::Lambda::EventInvokeConfig says.
   *
   * @returns the result of the last try.
   * @throws Error when the function does not exist.
   */
  async invoke(nameOrArn: string, event: Value): Promise<InvocationResult> {
    const { cloud, find, invoke, retrySeconds = [1, 2], signal } = this.options;
    const invoked = find(nameOrArn);
    const requestId = randomUUID();
    const begun = performance.now();
    const { retries = 2, ageSeconds = 21_600, onFailure } = invoked.events ?? {};
    const isTooOld = () => ((performance.now() - begun) / 1000) * cloud.clock.speed > ageSeconds;
    let result = await invoke(nameOrArn, event, requestId);
    let invocations = 1;
    for (const seconds of retrySeconds.slice(0, retries)) {
      if ('payload' in result || isTooOld()) break;
      await delay(seconds * 1000, undefined, { signal }).catch(() => {});
      if (signal.aborted || isTooOld()) break;
      result = await invoke(nameOrArn, event, requestId);
      invocations += 1;
    }
    if ('functionError' in result && !signal.aborted) {
      const condition = invocations > retries ? 'RetriesExhausted' : 'EventAgeExceeded';
      const failed = { requestId, event, invocations, condition } as const;
      this.giveUp(invoked, onFailure, failureRecord(failed, invoked.arn, cloud.clock.now(), result));
    }
    return result;
  }

  /** Reports on the screen that an event is not tried again, and tells its destination, if it has one. */
  private giveUp({ logicalId }: LambdaFunction, destination: string | undefined, record: FailureRecord): void {
    const { cloud, publish } = this.options;
    const node = `lambda ${logicalId}`;
    const { approximateInvokeCount: times, condition } = record.requestContext;
    cloud.tell(node, `an event is given up after ${times} invocation(s) (${condition})`, 'warning');
    if (destination === undefined) return;
    const failed = (error: unknown) => cloud.tell(node, `${destination} is not told: ${String(error)}`, 'warning');
    try {
      if (isTopic(destination)) publish(destination, JSON.stringify(record));
      else this.invoke(destination, { ...record }).catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}

/** Tells whether the ARN of a destination is that of a topic; the other kind is a function. */
export function isTopic(arn: string): boolean {
  return arn.split(':')[2] === 'sns';
}
