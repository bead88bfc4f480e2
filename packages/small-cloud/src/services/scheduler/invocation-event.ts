import { randomUUID } from 'node:crypto';
import type { Cloud, Value } from '../../contract';

/**
 * Makes the event of a schedule: its `Input` with the context attributes filled in, or Scheduler's own event.
 *
 * @param scheduledTime - the due time, in milliseconds since 1970.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function invocationEvent(
  input: string | undefined,
  { arn, scheduledTime }: { readonly arn: string; readonly scheduledTime: number },
  { accountId, region }: Pick<Cloud, 'accountId' | 'region'>,
): Value {
  const time = new Date(scheduledTime).toISOString().replace(/\.\d+Z$/, 'Z');
  const id = randomUUID();
  if (input !== undefined) {
    const filled = input
      .replaceAll('<aws.scheduler.schedule-arn>', arn)
      .replaceAll('<aws.scheduler.scheduled-time>', time)
      .replaceAll('<aws.scheduler.execution-id>', id)
      .replaceAll('<aws.scheduler.attempt-number>', '1');
    return JSON.parse(filled);
  }
  return {
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time,
    region,
    resources: [arn],
    detail: '{}',
  };
}
