import { isDeepStrictEqual } from 'node:util';
import { UnsupportedError } from '../contract';
import type { Dependencies } from '../template/order';
import type { ResourceChange } from './changes';
import { isCustomResource } from './custom-resource';
import { refuseImpossibleUpdate } from './difference';
import { resolveOutputs } from './outputs';
import type { Plan } from './plan';
import type { StackDefinition, StackInWork } from './stack-in-work';
import { worldOf } from './world';

/**
 * Refuses an update in the current state of the stack, whatever the new template is.
 *
 * @throws Error in CloudFormation's words; UnsupportedError where only the local run refuses.
 */
export function refuseUpdate({ stackId, status }: StackInWork): void {
  const sentence = `Stack:${stackId} is in ${status} state and can not be updated.`;
  switch (status) {
    case 'CREATE_COMPLETE':
    case 'UPDATE_COMPLETE':
    case 'UPDATE_ROLLBACK_COMPLETE':
      return;
    case 'CREATE_FAILED':
    case 'UPDATE_FAILED':
      throw new UnsupportedError(
        `${sentence} An update after a failure without rollback is not modelled by the local run; delete the stack.`,
      );
    case 'UPDATE_ROLLBACK_FAILED':
      throw new UnsupportedError(
        `${sentence} ContinueUpdateRollback is not modelled by the local run; delete the stack.`,
      );
    default:
      throw new Error(sentence);
  }
}

/** Refuses a deletion while another operation is under way. @throws Error in CloudFormation's words. */
export function refuseDeletion({ stackId, status }: StackInWork): void {
  if (status.endsWith('_IN_PROGRESS')) {
    throw new Error(`Stack [${stackId}] cannot be deleted while in status ${status}`);
  }
}

/**
 * Refuses a new template that the stack cannot take.
 *
 * @param changes - the effects of the update.
 * @throws Error in CloudFormation's words: nothing changes, or a resource changes its type.
 * @throws UnsupportedError for a change in place that the local run cannot make.
 */
export function refuseDefinition(stack: StackInWork, next: StackDefinition, changes: readonly ResourceChange[]): void {
  const { plan } = next;
  const retyped = [...stack.resources.values()].filter(
    ({ logicalId, type }) => plan.waits.has(logicalId) && plan.template.resources[logicalId]?.type !== type,
  );
  if (retyped.length > 0) {
    throw new Error(
      'Update of resource type is not permitted. The new template modifies resource type of the following resources: ' +
        `[${retyped.map(({ logicalId }) => logicalId).join(', ')}]`,
    );
  }
  for (const { action, logicalId, type, changedProperties, uncertainProperties } of changes) {
    if (action !== 'Modify' || isCustomResource(type)) continue;
    const certain = changedProperties.filter((name) => !uncertainProperties.includes(name));
    refuseImpossibleUpdate(plan.provider(type), { logicalId, type }, certain);
  }
  if (changes.length === 0 && isSame(stack, next)) throw new Error('No updates are to be performed.');
}

/** Returns true if two definitions agree in everything but the properties of resources. */
function isSame(stack: StackInWork, { plan, tags }: StackDefinition): boolean {
  return (
    isDeepStrictEqual(stack.plan.evaluation.parameters, plan.evaluation.parameters) &&
    isDeepStrictEqual({ ...stack.tags }, { ...tags }) &&
    isDeepStrictEqual(sets(stack.plan.waits), sets(plan.waits)) &&
    isDeepStrictEqual(stack.outputs, outputsOf(stack, plan))
  );
}

/** Resolves the outputs; undefined when that fails, because the update itself will give the reason. */
function outputsOf({ stackId, resources }: StackInWork, plan: Plan): StackInWork['outputs'] | undefined {
  try {
    return resolveOutputs(plan, worldOf(stackId, resources), () => undefined);
  } catch {
    return undefined;
  }
}

function sets(waits: Dependencies): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...waits].map(([logicalId, needed]) => [logicalId, [...needed].sort()]));
}
