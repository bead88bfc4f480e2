import type { Properties, ResourceState } from '../contract';
import type { ResourceDeclaration } from '../template/template';
import { inOrder } from './in-order';
import { HalfMadeError, type ResourceFailure, type StackResource } from './stack';
import { messageOf, type StackInWork } from './stack-in-work';
import { worldOf } from './world';

/**
 * Creates what the plan of a stack wants. Once one has failed nothing new is begun; what is under way may finish.
 *
 * @returns what failed; empty when everything is there.
 */
export function createResources(stack: StackInWork): Promise<ResourceFailure[]> {
  const { order, waits } = stack.plan;
  const goesOn = (failures: readonly ResourceFailure[]) => !stack.stopped && failures.length === 0;
  return inOrder(order, waits, goesOn, (logicalId) =>
    createResource(stack, logicalId, (made) => stack.resources.set(logicalId, made)),
  );
}

/**
 * Creates one resource of the plan.
 *
 * @param keep - takes what is there then, even when it is only half made.
 * @returns why it failed; undefined when it did not.
 */
export async function createResource(
  stack: StackInWork,
  logicalId: string,
  keep: (made: StackResource) => void,
): Promise<string | undefined> {
  const { type } = declarationOf(stack, logicalId);
  stack.tell({ logicalId, type, status: 'CREATE_IN_PROGRESS' });
  try {
    const properties = resolveProperties(stack, logicalId);
    const { physicalId } = await makeResource(stack, logicalId, properties, keep);
    stack.tell({ logicalId, type, physicalId, status: 'CREATE_COMPLETE' });
    return undefined;
  } catch (error) {
    const physicalId = error instanceof HalfMadeError ? error.state.physicalId : undefined;
    const reason = messageOf(error);
    stack.tell({ logicalId, type, physicalId, status: 'CREATE_FAILED', reason });
    return reason;
  }
}

/**
 * Has its provider make a resource.
 *
 * @param keep - takes what is there then, even when it is only half made.
 * @throws whatever the provider throws.
 */
export async function makeResource(
  stack: StackInWork,
  logicalId: string,
  properties: Properties,
  keep: (made: StackResource) => void,
): Promise<ResourceState> {
  const { type } = declarationOf(stack, logicalId);
  const made = (state: ResourceState) => ({ ...attributesOf(stack, logicalId), logicalId, type, properties, state });
  try {
    const state = await stack.plan.provider(type).create(stack.request({ logicalId, type, properties }));
    keep(made(state));
    return state;
  } catch (error) {
    if (error instanceof HalfMadeError) keep(made(error.state));
    throw error;
  }
}

/** What the plan says of a resource beside its type and properties. */
export function attributesOf(
  stack: StackInWork,
  logicalId: string,
): Pick<StackResource, 'dependsOn' | 'deletionPolicy' | 'updateReplacePolicy' | 'metadata'> {
  const { deletionPolicy, updateReplacePolicy, metadata } = declarationOf(stack, logicalId);
  const dependsOn = stack.plan.waits.get(logicalId) ?? new Set();
  return { dependsOn, deletionPolicy, updateReplacePolicy, metadata };
}

/** The properties of a resource, resolved with what the resources of the stack answer now. */
export function resolveProperties({ plan, stackId, resources }: StackInWork, logicalId: string): Properties {
  const world = worldOf(stackId, resources);
  return Object.fromEntries(
    Object.entries(plan.template.resources[logicalId]?.properties ?? {}).flatMap(([name, value]) => {
      const resolved = plan.evaluation.resolve(value, `Resources.${logicalId}.Properties.${name}`, world);
      return resolved === undefined ? [] : [[name, resolved]];
    }),
  );
}

/** @throws Error for a resource that the plan does not have. */
export function declarationOf({ plan }: StackInWork, logicalId: string): ResourceDeclaration {
  const declaration = plan.template.resources[logicalId];
  if (declaration === undefined) throw new Error(`The template has no resource ${logicalId}`);
  return declaration;
}
