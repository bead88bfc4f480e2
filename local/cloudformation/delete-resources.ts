import type { ResourceFailure, StackResource } from './stack';
import { messageOf, type StackInWork } from './stack-in-work';

/**
 * Deletes what there is of a stack: each resource as soon as all that depends on it is gone. A resource that something
 * undeletable depends on is left alone; all others are deleted nonetheless.
 *
 * @param retains - whether a deletion policy keeps a resource now.
 * @returns what could not be deleted.
 */
export async function deleteResources(
  stack: StackInWork,
  retains: (policy: StackResource['deletionPolicy']) => boolean,
): Promise<readonly ResourceFailure[]> {
  const failures: ResourceFailure[] = [];
  const youngestFirst = [...stack.resources.values()].reverse();
  const deleted = new Map<string, Promise<boolean>>();
  const remove = (resource: StackResource): Promise<boolean> => {
    const { logicalId, deletionPolicy } = resource;
    const known = deleted.get(logicalId);
    if (known !== undefined) return known;
    const dependents = youngestFirst.filter(({ dependsOn }) => dependsOn.has(logicalId));
    const whenFree = Promise.all(dependents.map(remove)).then(async (gone) => {
      if (!gone.every(Boolean)) return false;
      const reason = await deleteResource(stack, resource, retains(deletionPolicy));
      if (reason !== undefined) failures.push({ logicalId, reason });
      return reason === undefined;
    });
    deleted.set(logicalId, whenFree);
    return whenFree;
  };
  await Promise.all(youngestFirst.map(remove));
  return failures;
}

/** @returns why it failed; undefined when it did not. */
async function deleteResource(
  stack: StackInWork,
  resource: StackResource,
  retained: boolean,
): Promise<string | undefined> {
  const { logicalId, type, state } = resource;
  const about = { logicalId, type, physicalId: state.physicalId };
  if (retained) {
    stack.tell({ ...about, status: 'DELETE_SKIPPED' });
    return undefined;
  }
  stack.tell({ ...about, status: 'DELETE_IN_PROGRESS' });
  try {
    await stack.plan.provider(type).delete(state, stack.request(resource));
  } catch (error) {
    const reason = messageOf(error);
    stack.tell({ ...about, status: 'DELETE_FAILED', reason });
    return reason;
  }
  stack.resources.delete(logicalId);
  stack.tell({ ...about, status: 'DELETE_COMPLETE' });
  return undefined;
}
