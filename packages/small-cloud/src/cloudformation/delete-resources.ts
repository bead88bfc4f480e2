import type { ResourceFailure, StackResource } from './stack';
import { type Leftover, messageOf, type StackInWork } from './stack-in-work';

/** A physical resource to be deleted. */
export interface Doomed extends Leftover {
  /** Runs after the deletion; does not run for a retained resource. */
  readonly forget: () => void;
}

/** Lists the resources of a stack and the leftovers of earlier operations. */
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

/** Lists the leftovers of earlier operations on a stack. */
export function leftoversOf(stack: StackInWork): readonly Doomed[] {
  return [...stack.leftovers].map((leftover) => ({
    ...leftover,
    forget: () => void stack.leftovers.delete(leftover),
  }));
}

/**
 * Deletes physical resources, each as soon as all its dependents are gone. It spares a resource whose dependent cannot
 * be deleted, and deletes all others.
 *
 * @param doomed - oldest first.
 * @returns the failures.
 */
export async function deleteResources(
  stack: StackInWork,
  doomed: readonly Doomed[],
): Promise<readonly ResourceFailure[]> {
  const failures: ResourceFailure[] = [];
  const youngestFirst = [...doomed].reverse();
  const begun = new Map<Doomed, Promise<boolean>>();
  // Two templates may reverse a dependency between them. A dependent that is on the path already would wait for itself.
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

/** Deletes one resource. @returns the reason of a failure; undefined on success. */
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
