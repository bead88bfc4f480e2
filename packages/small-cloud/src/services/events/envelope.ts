import { randomUUID } from 'node:crypto';
import type { Cloud, CloudEvent, Value } from '../../contract';

/** An event as EventBridge sends it to targets. */
export type Envelope = { readonly [field: string]: Value } & { readonly id: string };

/**
 * Puts an event of the cloud into EventBridge's envelope.
 *
 * @param time - milliseconds since 1970; now when left out.
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
export function envelope(
  { accountId, region, clock }: Pick<Cloud, 'accountId' | 'region' | 'clock'>,
  { source, detailType, resources, detail }: CloudEvent,
  time: number = clock.now(),
): Envelope {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: accountId,
    time: toTheSecond(time),
    region,
    resources,
    detail,
  };
}

/** `2026-11-24T09:00:00Z`: EventBridge's times have no fractions. */
export function toTheSecond(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
