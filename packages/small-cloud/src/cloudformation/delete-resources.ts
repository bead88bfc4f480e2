import type { ResourceFailure, StackResource } from './stack';
import { type Leftover, messageOf, type StackInWork } from './stack-in-work';

/** A physical resource that is to go. */
export interface Doomed extends Leftover {
  /** Called when it is gone, though not when it is retained. */
  readonly forget: () => void;
}

/** All that a stack has: its resources, and what they have left behind. */
export function everythingOf(
  stack: StackInWork,
  retains: (policy: StackResource['deletionPolicy']) => boolean,
): readonly Doomed[] {
  const own = [...stack.resources.values()].map((resource) => ({
    resource,
    retained: retains(resource.deletionPolicy),
    forget: () => void stack.resources.delete(resource.logicalId),
  }));
  return [...own, ...leftoversOf(stack)];
}

/** What the resources of a stack have left behind. */
export function leftoversOf(stack: StackInWork): readonly Doomed[] {
  return [...stack.leftovers].map((leftover) => ({
    ...leftover,
    forget: () => void stack.leftovers.delete(leftover),
  }));
}

/**
 * Deletes physical resources: each as soon as all that depends on it is gone. A resource that something undeletable
 * depends on is left alone; all others are deleted nonetheless.
 *
 * @param doomed - oldest first.
 * @returns what could not be deleted.
 */
export async function deleteResources(
  stack: StackInWork,
  doomed: readonly Doomed[],
): Promise<readonly ResourceFailure[]> {
  const failures: ResourceFailure[] = [];
  const youngestFirst = [...doomed].reverse();
  const begun = new Map<Doomed, Promise<boolean>>();
  // An old template and a new one may turn a dependency round. On the way back to where it began, it does not count.
  const remove = (one: Doomed, path: readonly Doomed[]): Promise<boolean> => {
    const known = begun.get(one);
    if (known !== undefined) return known;
    const { logicalId } = one.resource;
    const here = [...path, one];
    const dependents = youngestFirst.filter(
      (other) => other.resource.dependsOn.has(logicalId) && !here.includes(other),
    );
    const whenFree = Promise.all(dependents.map((dependent) => remove(dependent, here))).then(async (gone) => {
      if (stack.stopped || !gone.every(Boolean)) return false;
      const reason = await deleteResource(stack, one);
      if (reason !== undefined) failures.push({ logicalId, reason });
      return reason === undefined;
    });
    begun.set(one, whenFree);
    return whenFree;
  };
  await Promise.all(youngestFirst.map((one) => remove(one, [])));
  return failures;
}

/** @returns why it failed; undefined when it did not. */
async function deleteResource(stack: StackInWork, { resource, retained, forget }: Doomed): Promise<string | undefined> {
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
  forget();
  stack.tell({ ...about, status: 'DELETE_COMPLETE' });
  return undefined;
}
