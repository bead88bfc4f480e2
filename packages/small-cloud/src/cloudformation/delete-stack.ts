import { deleteResources, everythingOf } from './delete-resources';
import { type Stack, StackFailure } from './stack';
import { failedTo, refuseWhenStopped, type StackInWork } from './stack-in-work';

/**
 * Deletes the resources of a stack, and what failed operations have left over, save what a DeletionPolicy retains.
 *
 * @throws StackFailure when something could not be deleted; deleting again tries what is left.
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
