import { deleteResources, everythingOf } from './delete-resources';
import { type Stack, StackFailure } from './stack';
import { failedTo, refuseWhenStopped, type StackInWork } from './stack-in-work';

/**
 * Deletes the resources of a stack and the leftovers of failed operations, except those that a DeletionPolicy retains.
 *
 * @throws StackFailure when a deletion fails; another call tries the remaining resources again.
 */
export async function deleteStack(stack: StackInWork): Promise<Stack> {
  stack.turn('DELETE_IN_PROGRESS', 'User Initiated');
  const failures = await deleteResources(
    stack,
    everythingOf(stack, (policy) => policy !== 'Delete'),
  );
  refuseWhenStopped(stack, 'deleted');
  if (failures.length > 0) {
    stack.turn('DELETE_FAILED', failedTo('delete', failures));
    throw new StackFailure(stack, failures);
  }
  stack.leftovers.clear();
  stack.turn('DELETE_COMPLETE');
  return stack;
}
