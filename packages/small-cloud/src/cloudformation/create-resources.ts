import type { Properties, ResourceState, Value } from '../contract';
import type { ResourceDeclaration } from '../template/template';
import { inOrder } from './in-order';
import { HalfMadeError, type ResourceFailure, type StackResource } from './stack';
import { messageOf, type StackInWork } from './stack-in-work';
import { worldOf } from './world';

/**
 * Creates the resources in the plan of a stack. After a failure it begins no other resource; those under way may finish.
 *
 * @returns the failures; empty when every resource exists.
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
 * @param keep - receives the resource that exists afterwards, even a half-made one.
 * @returns the reason of a failure; undefined on success.
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
 * Lets the provider of a resource create it.
 *
 * @param keep - receives the resource that exists afterwards, even a half-made one.
 * @throws every error of the provider.
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

/** Reads the attributes of a resource in the plan, beside its type and properties. */
export function attributesOf(
  stack: StackInWork,
  logicalId: string,
): Pick<StackResource, 'dependsOn' | 'deletionPolicy' | 'updateReplacePolicy' | 'metadata'> {
  const { deletionPolicy, updateReplacePolicy, metadata } = declarationOf(stack, logicalId);
  const dependsOn = stack.plan.waits.get(logicalId) ?? new Set();
  return { dependsOn, deletionPolicy, updateReplacePolicy, metadata };
}

/** Resolves the properties of a resource against the current resources of the stack. */
export function resolveProperties({ plan, stackId, resources }: StackInWork, logicalId: string): Properties {
  const world = worldOf(stackId, resources);
  const properties: Record<string, Value> = {};
  for (const [name, value] of Object.entries(plan.template.resources[logicalId]?.properties ?? {})) {
    const resolved = plan.evaluation.resolve(value, `Resources.${logicalId}.Properties.${name}`, world);
    if (resolved !== undefined) properties[name] = resolved;
  }
  return properties;
}

/** Finds a resource in the plan. @throws Error when there is none. */
export function declarationOf({ plan }: StackInWork, logicalId: string): ResourceDeclaration {
  const declaration = plan.template.resources[logicalId];
  if (declaration === undefined) throw new Error(`The template has no resource ${logicalId}`);
  return declaration;
}
