import { createResources } from './create-resources';
import { deleteResources, everythingOf } from './delete-resources';
import type { OperationOptions } from './operation';
import { resolveOutputs } from './outputs';
import { type ResourceFailure, type Stack, StackFailure } from './stack';
import { failedTo, messageOf, refuseWhenStopped, type StackInWork } from './stack-in-work';
import { worldOf } from './world';

/**
 * Creates the resources of a new stack, and deletes them all when one fails.
 *
 * @throws StackFailure after the rollback.
 */
export async function createStack(stack: StackInWork, options: OperationOptions): Promise<Stack> {
  stack.turn('CREATE_IN_PROGRESS', 'User Initiated');
  const failures = await createResources(stack);
  refuseWhenStopped(stack, 'created');
  if (failures.length === 0) {
    try {
      stack.outputs = resolveOutputs(stack.plan, worldOf(stack.stackId, stack.resources), options.exporter);
      stack.turn('CREATE_COMPLETE');
      return stack;
    } catch (error) {
      failures.push({ logicalId: stack.stackName, reason: messageOf(error) });
    }
  }
  if (options.disableRollback) stack.turn('CREATE_FAILED', failedTo('create', failures));
  else await rollBack(stack, failures);
  throw new StackFailure(stack, failures);
}

async function rollBack(stack: StackInWork, failures: readonly ResourceFailure[]): Promise<void> {
  stack.turn('ROLLBACK_IN_PROGRESS', `${failedTo('create', failures)}Rollback requested by user.`);
  const left = await deleteResources(
    stack,
    everythingOf(stack, (policy) => policy === 'Retain'),
  );
  refuseWhenStopped(stack, 'rolled back');
  if (left.length === 0) stack.turn('ROLLBACK_COMPLETE');
  else stack.turn('ROLLBACK_FAILED', failedTo('delete', left));
}
