import type { Properties } from '../contract';
import { attributesOf, createResource, makeResource, resolveProperties } from './create-resources';
import { changedProperties, isReplacement, refuseImpossibleUpdate } from './difference';
import { inOrder } from './in-order';
import type { ResourceFailure, StackResource } from './stack';
import { messageOf, type StackInWork } from './stack-in-work';

/** The change that an update has begun on one resource, for a rollback or a clean-up. */
export type Touch =
  | { readonly kind: 'created' }
  /** A new physical resource took the place of the old one. */
  | { readonly kind: 'replaced'; readonly before: StackResource }
  /** The resource changed in place, to these properties. */
  | { readonly kind: 'updated'; readonly before: StackResource; readonly properties: Properties };

/** The state of a stack before an update, and the changes since, by logical id. */
export interface UpdateInWork {
  readonly before: ReadonlyMap<string, StackResource>;
  readonly touched: Map<string, Touch>;
}

/**
 * Brings the resources of a stack in line with its new plan; the clean-up removes those that the plan no longer has.
 * After a failure it begins no other resource; those under way may finish.
 *
 * @returns the failures; empty when every resource is in line.
 */
export function updateResources(stack: StackInWork, { before, touched }: UpdateInWork): Promise<ResourceFailure[]> {
  const { order, waits } = stack.plan;
  const goesOn = (failures: readonly ResourceFailure[]) => !stack.stopped && failures.length === 0;
  return inOrder(order, waits, goesOn, (logicalId) => {
    const old = before.get(logicalId);
    if (old !== undefined) return updateResource(stack, old, touched);
    touched.set(logicalId, { kind: 'created' });
    return createResource(stack, logicalId, (made) => stack.resources.set(logicalId, made));
  });
}

const REPLACEMENT = 'Requested update requires the creation of a new physical resource; hence creating one.';

/** Updates or replaces one resource. @returns the reason of a failure; undefined on success. */
async function updateResource(
  stack: StackInWork,
  before: StackResource,
  touched: UpdateInWork['touched'],
): Promise<string | undefined> {
  const { logicalId, type, state } = before;
  const about = { logicalId, type };
  try {
    const provider = stack.plan.provider(type);
    const properties = resolveProperties(stack, logicalId);
    const changed = changedProperties(before.properties, properties);
    if (changed.length === 0) {
      stack.resources.set(logicalId, { ...before, ...attributesOf(stack, logicalId) });
      return undefined;
    }
    refuseImpossibleUpdate(provider, before, changed);
    const replaced = isReplacement(provider, changed);
    const { physicalId } = state;
    stack.tell({ ...about, physicalId, status: 'UPDATE_IN_PROGRESS', reason: replaced ? REPLACEMENT : undefined });
    touched.set(logicalId, replaced ? { kind: 'replaced', before } : { kind: 'updated', before, properties });
    const after =
      replaced || provider.update === undefined
        ? await makeResource(stack, logicalId, properties, (made) => stack.resources.set(logicalId, made))
        : await provider.update(state, stack.request({ ...about, properties }), before.properties);
    stack.resources.set(logicalId, { ...before, ...attributesOf(stack, logicalId), properties, state: after });
    stack.tell({ ...about, physicalId: after.physicalId, status: 'UPDATE_COMPLETE' });
    return undefined;
  } catch (error) {
    const reason = messageOf(error);
    stack.tell({ ...about, physicalId: state.physicalId, status: 'UPDATE_FAILED', reason });
    return reason;
  }
}

/** Leaves the physical resources that an update has replaced or removed to the clean-up. */
export function leaveBehind(stack: StackInWork, { before, touched }: UpdateInWork): void {
  for (const old of before.values()) {
    const now = stack.resources.get(old.logicalId);
    if (!stack.plan.waits.has(old.logicalId)) {
      stack.resources.delete(old.logicalId);
      stack.leave(old, old.deletionPolicy !== 'Delete');
    } else if (touched.has(old.logicalId) && now !== undefined && now.state.physicalId !== old.state.physicalId) {
      stack.leave(old, now.updateReplacePolicy === 'Retain');
    }
  }
}
