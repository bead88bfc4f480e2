import type { Dependencies } from '../template/order';
import type { ResourceFailure } from './stack';

/** Work on one resource. @returns the reason of a failure; undefined on success. */
export type ResourceWork = (logicalId: string) => Promise<string | undefined>;

/**
 * Works on resources in the order of their dependencies, each as soon as its dependencies are done.
 *
 * @param order - each logical id after its dependencies.
 * @param goesOn - receives the failures so far before each resource; false begins no other. Those under way finish.
 * @returns the failures.
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
