import type { Dependencies } from '../template/order';
import type { ResourceFailure } from './stack';

/** Works on one resource. @returns why it failed; undefined when it did not. */
export type ResourceWork = (logicalId: string) => Promise<string | undefined>;

/**
 * Works on resources in the order of their dependencies: each as soon as all that it waits for is done, so as many at a
 * time as that allows.
 *
 * @param order - each logical id after those it waits for.
 * @param goesOn - asked before each resource, with what has failed so far; false begins nothing more. What is under way
 * finishes.
 * @returns what failed.
 */
export async function inOrder(
  order: readonly string[],
  waits: Dependencies,
  goesOn: (failures: readonly ResourceFailure[]) => boolean,
  work: ResourceWork,
): Promise<ResourceFailure[]> {
  const failures: ResourceFailure[] = [];
  const done = new Map<string, Promise<boolean>>();
  for (const logicalId of order) {
    const needed = [...(waits.get(logicalId) ?? [])].map((id) => done.get(id) ?? true);
    const whenReady = Promise.all(needed).then(async (complete) => {
      if (!goesOn(failures) || !complete.every(Boolean)) return false;
      const reason = await work(logicalId);
      if (reason !== undefined) failures.push({ logicalId, reason });
      return reason === undefined;
    });
    done.set(logicalId, whenReady);
  }
  await Promise.all(done.values());
  return failures;
}
