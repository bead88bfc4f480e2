import { inOrder } from './in-order';
import type { ResourceFailure, StackResource } from './stack';
import { messageOf, type StackInWork } from './stack-in-work';
import type { Touch, UpdateInWork } from './update-resources';

/**
 * Rolls a failed update back. Changed resources are updated to their old properties; replaced ones become the old
 * physical resource again. New physical resources are left to the clean-up, and untouched resources receive no call.
 *
 * @param stack - with its old plan again.
 * @returns the failures. Resources that do not depend on a failed one are rolled back nonetheless.
 */
export async function rollBackUpdate(
  stack: StackInWork,
  { before, touched }: UpdateInWork,
): Promise<ResourceFailure[]> {
  for (const [logicalId, resource] of [...stack.resources]) {
    if (before.has(logicalId)) continue;
    stack.resources.delete(logicalId);
    leaveMade(stack, resource);
  }
  const { order, waits } = stack.plan;
  const goesOn = () => !stack.stopped;
  const failures = await inOrder(
    order.filter((logicalId) => before.has(logicalId)),
    waits,
    goesOn,
    async (logicalId) => {
      const touch = touched.get(logicalId);
      if (touch?.kind === 'updated') return updateBack(stack, touch);
      const old = before.get(logicalId);
      if (old === undefined) return undefined;
      const made = stack.resources.get(logicalId);
      stack.resources.set(logicalId, old);
      if (touch?.kind !== 'replaced') return undefined;
      if (made !== undefined && made.state.physicalId !== old.state.physicalId) leaveMade(stack, made);
      const { type, state } = old;
      stack.tell({ logicalId, type, physicalId: state.physicalId, status: 'UPDATE_COMPLETE' });
      return undefined;
    },
  );
  if (failures.length > 0) leaveUnreached(stack, before);
  return failures;
}

/** Leaves the old physical resources of failed rollbacks to the deletion of the stack, beside the new ones. */
function leaveUnreached(stack: StackInWork, before: UpdateInWork['before']): void {
  const idOf = ({ logicalId, state }: StackResource) => `${logicalId} ${state.physicalId}`;
  const left = new Set([...stack.leftovers].map(({ resource }) => idOf(resource)));
  for (const [logicalId, old] of before) {
    const current = stack.resources.get(logicalId);
    if (current?.state.physicalId !== old.state.physicalId && !left.has(idOf(old))) stack.leave(old, false);
  }
}

/** Updates one resource to its old properties. @returns the reason of a failure; undefined on success. */
async function updateBack(
  stack: StackInWork,
  { before, properties: attempted }: Extract<Touch, { kind: 'updated' }>,
): Promise<string | undefined> {
  const { logicalId, type } = before;
  const current = stack.resources.get(logicalId) ?? before;
  const { physicalId } = current.state;
  stack.tell({ logicalId, type, physicalId, status: 'UPDATE_IN_PROGRESS' });
  try {
    const provider = stack.plan.provider(type);
    const state = (await provider.update?.(current.state, stack.request(before), attempted)) ?? before.state;
    stack.resources.set(logicalId, { ...before, state });
    const others = new Map([before, current].map((other) => [other.state.physicalId, other]));
    for (const [id, other] of others) if (id !== state.physicalId) stack.leave(other, false);
    stack.tell({ logicalId, type, physicalId: state.physicalId, status: 'UPDATE_COMPLETE' });
    return undefined;
  } catch (error) {
    stack.resources.set(logicalId, { ...before, properties: current.properties, state: current.state });
    const reason = messageOf(error);
    stack.tell({ logicalId, type, physicalId, status: 'UPDATE_FAILED', reason });
    return reason;
  }
}

/** Leaves a new physical resource to the clean-up. Retain keeps even those, as in a creation that is rolled back. */
function leaveMade(stack: StackInWork, made: StackResource): void {
  stack.leave(made, made.deletionPolicy === 'Retain');
}
