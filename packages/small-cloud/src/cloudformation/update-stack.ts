import { deleteResources, leftoversOf } from './delete-resources';
import type { OperationOptions } from './operation';
import { resolveOutputs } from './outputs';
import { rollBackUpdate } from './roll-back-update';
import { type ResourceFailure, type Stack, StackFailure, type StackStatus } from './stack';
import { failedTo, messageOf, refuseWhenStopped, type StackDefinition, type StackInWork } from './stack-in-work';
import { leaveBehind, type UpdateInWork, updateResources } from './update-resources';
import { worldOf } from './world';

/**
 * Brings a stack to a new definition, then deletes the leftovers; rolls back when a resource fails.
 *
 * @throws StackFailure after the rollback.
 */
export async function updateStack(
  stack: StackInWork,
  next: StackDefinition,
  options: OperationOptions,
): Promise<Stack> {
  const old = stack.definition;
  const work: UpdateInWork = { before: new Map(stack.resources), touched: new Map() };
  stack.definition = next;
  stack.updatedAt = stack.now();
  stack.turn('UPDATE_IN_PROGRESS', 'User Initiated');
  const failures = await updateResources(stack, work);
  refuseWhenStopped(stack, 'updated');
  let reason = summary(failures, work);
  if (failures.length === 0) {
    try {
      stack.outputs = resolveOutputs(stack.plan, worldOf(stack.stackId, stack.resources), options.exporter);
      leaveBehind(stack, work);
      stack.turn('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
      await cleanUp(stack, 'UPDATE_COMPLETE', 'Update successful. ');
      return stack;
    } catch (error) {
      if (stack.stopped) throw error;
      reason = messageOf(error);
      failures.push({ logicalId: stack.stackName, reason });
    }
  }
  if (options.disableRollback) {
    leaveBehind(stack, work);
    stack.turn('UPDATE_FAILED', reason);
  } else {
    stack.definition = old;
    await rollBack(stack, work, reason);
  }
  throw new StackFailure(stack, failures);
}

async function rollBack(stack: StackInWork, work: UpdateInWork, reason: string): Promise<void> {
  stack.turn('UPDATE_ROLLBACK_IN_PROGRESS', reason);
  const left = await rollBackUpdate(stack, work);
  refuseWhenStopped(stack, 'rolled back');
  if (left.length > 0) {
    stack.turn('UPDATE_ROLLBACK_FAILED', failedTo('update', left));
    return;
  }
  stack.turn('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  await cleanUp(stack, 'UPDATE_ROLLBACK_COMPLETE', '');
}

/** Deletes the leftovers. A leftover that cannot be deleted leaves the stack all the same, as on AWS. */
async function cleanUp(stack: StackInWork, status: StackStatus, success: string): Promise<void> {
  const left = await deleteResources(stack, leftoversOf(stack));
  refuseWhenStopped(stack, 'cleaned up');
  stack.leftovers.clear();
  stack.turn(status, left.length === 0 ? undefined : `${success}One or more resources could not be deleted.`);
}

function summary(failures: readonly ResourceFailure[], { before }: UpdateInWork): string {
  const isOld = ({ logicalId }: ResourceFailure) => before.has(logicalId);
  const isNew = (failure: ResourceFailure) => !isOld(failure);
  return failedTo('create', failures.filter(isNew)) + failedTo('update', failures.filter(isOld));
}
