import type { Properties, ResourceState } from '../cloud';
import type { ResourceDeclaration } from '../template/template';
import { HalfMadeError, type ResourceFailure } from './stack';
import { messageOf, type StackInWork } from './stack-in-work';
import { worldOf } from './world';

/**
 * Creates what the plan of a stack wants: each resource as soon as all that it waits for is complete. Once one has
 * failed nothing new is begun; what is under way may finish.
 *
 * @param stopped - asked before each resource; true begins nothing more.
 * @returns what failed; empty when everything is there.
 */
export async function createResources(stack: StackInWork, stopped: () => boolean): Promise<ResourceFailure[]> {
  const { order, waits, template } = stack.plan;
  const failures: ResourceFailure[] = [];
  const created = new Map<string, Promise<boolean>>();
  for (const logicalId of order) {
    const declaration = template.resources[logicalId];
    if (declaration === undefined) continue;
    const needed = [...(waits.get(logicalId) ?? [])].map((id) => created.get(id));
    const whenReady = Promise.all(needed).then(async (complete) => {
      if (stopped() || failures.length > 0 || !complete.every(Boolean)) return false;
      const reason = await createResource(stack, logicalId, declaration);
      if (reason !== undefined) failures.push({ logicalId, reason });
      return reason === undefined;
    });
    created.set(logicalId, whenReady);
  }
  await Promise.all(created.values());
  return failures;
}

/** @returns why it failed; undefined when it did not. */
async function createResource(
  stack: StackInWork,
  logicalId: string,
  { type, properties: declared, deletionPolicy }: ResourceDeclaration,
): Promise<string | undefined> {
  const dependsOn = stack.plan.waits.get(logicalId) ?? new Set();
  let properties: Properties = {};
  const keep = (state: ResourceState) =>
    stack.resources.set(logicalId, { logicalId, type, properties, state, dependsOn, deletionPolicy });

  stack.tell({ logicalId, type, status: 'CREATE_IN_PROGRESS' });
  try {
    properties = resolveProperties(stack, logicalId, declared);
    const state = await stack.plan.provider(type).create(stack.request({ logicalId, type, properties }));
    keep(state);
    stack.tell({ logicalId, type, physicalId: state.physicalId, status: 'CREATE_COMPLETE' });
    return undefined;
  } catch (error) {
    const half = error instanceof HalfMadeError ? error.state : undefined;
    if (half !== undefined) keep(half);
    const reason = messageOf(error);
    stack.tell({ logicalId, type, physicalId: half?.physicalId, status: 'CREATE_FAILED', reason });
    return reason;
  }
}

function resolveProperties(
  { plan, stackId, resources }: StackInWork,
  logicalId: string,
  declared: Properties,
): Properties {
  const world = worldOf(stackId, resources);
  return Object.fromEntries(
    Object.entries(declared).flatMap(([name, value]) => {
      const resolved = plan.evaluation.resolve(value, `Resources.${logicalId}.Properties.${name}`, world);
      return resolved === undefined ? [] : [[name, resolved]];
    }),
  );
}
