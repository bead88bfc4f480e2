import { randomUUID } from 'node:crypto';
import type { Access, PolicyDocument, Value } from '../../contract';
import type { LogStore } from './log-store';

/** Principal that EventBridge writes to log groups as. */
const PRINCIPAL = 'events.amazonaws.com';

/** Means to judge and to write an event. */
export interface EventTargetMeans {
  readonly store: LogStore;
  readonly access: Pick<Access, 'policyAllows'>;
  /** The resource policies of CloudWatch Logs. */
  readonly policies: () => readonly PolicyDocument[];
  /** Milliseconds since 1970 in the cloud's time. */
  readonly now: number;
}

/**
 * Writes an event of EventBridge to a log group.
 *
 * @param arn - of the log group, as a rule's target names it.
 * @returns why nothing was written; undefined when it was. On AWS nothing is said.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
export function writeEvent(arn: string, event: Value, means: EventTargetMeans): string | undefined {
  const group = /:log-group:([^:]+)(:\*)?$/.exec(arn)?.[1] ?? '';
  if (!group.startsWith('/aws/events/')) {
    return `log group ${group} was given; EventBridge writes to those alone whose names begin with /aws/events/`;
  }
  const resource = `${arn.replace(/:\*$/, '')}:log-stream:*`;
  const allowed = ['logs:CreateLogStream', 'logs:PutLogEvents'].every((action) =>
    means.policies().some((policy) => means.access.policyAllows(policy, PRINCIPAL, { action, resource })),
  );
  if (!allowed) {
    return `no AWS::Logs::ResourcePolicy lets ${PRINCIPAL} write to ${arn}`;
  }
  const written = means.store.put(group, {
    timestamp: means.now,
    message: JSON.stringify(event),
    stream: randomUUID(),
  });
  return written ? undefined : `there is no log group ${group}`;
}
