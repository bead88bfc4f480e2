import type { Xml } from '../../wire/xml';
import type { KnownStack } from './stack-engine';

/**
 * Shows a stack as DescribeStacks does.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html
 */
export function shownStack(stack: KnownStack, parameters: readonly Xml[], isProtected: boolean): Xml {
  return {
    StackName: stack.stackName,
    StackId: stack.stackId,
    Description: stack.description,
    CreationTime: stack.createdAt.toISOString(),
    LastUpdatedTime: stack.updatedAt?.toISOString(),
    DeletionTime: deletionTime(stack),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    EnableTerminationProtection: isProtected,
    NotificationARNs: {},
    RollbackConfiguration: {},
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    Parameters: { member: parameters },
    Tags: { member: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })) },
    Outputs: {
      member: Object.entries(stack.outputs).map(([OutputKey, { value, description, exportName }]) => ({
        OutputKey,
        OutputValue: value,
        Description: description,
        ExportName: exportName,
      })),
    },
  };
}

/** Shows a stack as ListStacks does. */
export function stackSummary(stack: KnownStack): Xml {
  return {
    StackId: stack.stackId,
    StackName: stack.stackName,
    TemplateDescription: stack.description,
    CreationTime: stack.createdAt.toISOString(),
    LastUpdatedTime: stack.updatedAt?.toISOString(),
    DeletionTime: deletionTime(stack),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
  };
}

/** Shows one page of events, newest first, and the token of the next page. */
export function shownEvents(stack: KnownStack, token: string | undefined): Readonly<Record<string, Xml | undefined>> {
  const times = distinctTimes(stack);
  const left = stack.events.slice(0, token === undefined ? undefined : Number(token));
  const rest = Math.max(0, left.length - EVENTS_A_PAGE);
  const member = left
    .slice(rest)
    .map((event, index) => ({
      EventId: event.eventId,
      StackId: stack.stackId,
      StackName: stack.stackName,
      LogicalResourceId: event.logicalId,
      PhysicalResourceId: event.physicalId ?? '',
      ResourceType: event.type,
      ResourceStatus: event.status,
      ResourceStatusReason: event.reason,
      Timestamp: new Date(times[rest + index] ?? 0).toISOString(),
    }))
    .reverse();
  return { StackEvents: { member }, NextToken: rest === 0 ? undefined : String(rest) };
}

/** A resource of a stack, with its latest event. */
export interface ShownResource {
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly status: string;
  readonly reason: string | undefined;
  readonly time: Date;
}

/** Lists the resources of a stack in the order of their first events, without those deleted from a living stack. */
export function resourcesOf(stack: KnownStack): readonly ShownResource[] {
  const last = new Map<string, ShownResource>();
  for (const { logicalId, physicalId, type, status, reason, time } of stack.events) {
    if (type === 'AWS::CloudFormation::Stack') continue;
    const held = stack.resources.get(logicalId)?.state.physicalId;
    // A replaced resource is deleted at the end of an update, under the same logical id.
    if (held !== undefined && physicalId !== undefined && physicalId !== held && last.has(logicalId)) continue;
    last.set(logicalId, { logicalId, physicalId: held ?? physicalId, type, status, reason, time });
  }
  const isDeleted = stack.status === 'DELETE_COMPLETE';
  return [...last.values()].filter(({ status }) => isDeleted || status !== 'DELETE_COMPLETE');
}

/** Shows a resource. @param timeName - the field for its time, which differs from action to action. */
export function shownResource(resource: ShownResource, timeName: 'Timestamp' | 'LastUpdatedTimestamp') {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.reason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
    [timeName]: resource.time.toISOString(),
  };
}

const EVENTS_A_PAGE = 100;

/** Makes the times of events distinct: callers sort by them, and many events of a local run share a millisecond. */
function distinctTimes({ events }: KnownStack): readonly number[] {
  let last = 0;
  return events.map(({ time }) => {
    last = Math.max(time.getTime(), last + 1);
    return last;
  });
}

function deletionTime({ status, events }: KnownStack): string | undefined {
  return status === 'DELETE_COMPLETE' ? events.at(-1)?.time.toISOString() : undefined;
}
