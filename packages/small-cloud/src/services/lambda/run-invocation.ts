import type { Processes } from '../../host/processes';
import { died, FunctionProcess } from './function-process';
import type { Invocation, InvocationResult } from './invocation';

/**
 * Runs one invocation in a process of its own and waits until the process has ended. Never rejects because of the function.
 */
export async function runInvocation(processes: Processes, invocation: Invocation): Promise<InvocationResult> {
  const { context, signal } = invocation;
  if (signal.aborted) return died(context.awsRequestId, 'the run was stopped');
  const own = new FunctionProcess(processes, invocation);
  return untilStopped(own, signal, () => own.run(invocation, true));
}

/** Waits for work of a process, which is killed when the signal comes. */
export async function untilStopped<T>(own: FunctionProcess, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const kill = () => own.kill();
  signal.addEventListener('abort', kill, { once: true });
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', kill);
  }
}
