import type { Processes } from '../../host/processes';
import { died, FunctionProcess } from './function-process';
import type { Invocation, InvocationResult } from './invocation';
import { untilStopped } from './run-invocation';

/** The time until an idle process is ended, in seconds of this machine's time. Lambda keeps sandboxes for some minutes. */
const IDLE_SECONDS = 300;

/** An idle process of a function. */
interface Idle {
  readonly own: FunctionProcess;
  readonly timer: NodeJS.Timeout;
}

/**
 * Processes that stay for the next invocation of their function, as Lambda's sandboxes do: a viewer does not wait for the
 * bundle to load again. One idle process is kept for each function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class WarmProcesses {
  private readonly idle = new Map<object, Idle>();

  constructor(private readonly processes: Processes) {}

  /**
   * Runs an invocation in the idle process of its function, or in a new one.
   *
   * @param owner - stands for one configuration of a function. An update makes another one.
   */
  async run(owner: object, invocation: Invocation): Promise<InvocationResult> {
    const { context, signal } = invocation;
    if (signal.aborted) return died(context.awsRequestId, 'the run was stopped');
    const own = this.take(owner) ?? new FunctionProcess(this.processes, invocation);
    const result = await untilStopped(own, signal, () => own.run(invocation, false));
    if (signal.aborted) own.kill();
    else this.keep(owner, own);
    return result;
  }

  /** Ends all idle processes. */
  stop(): void {
    for (const owner of [...this.idle.keys()]) this.take(owner)?.kill();
  }

  private take(owner: object): FunctionProcess | undefined {
    const found = this.idle.get(owner);
    if (found === undefined) return undefined;
    clearTimeout(found.timer);
    this.idle.delete(owner);
    return found.own.isUsable ? found.own : undefined;
  }

  private keep(owner: object, own: FunctionProcess): void {
    if (!own.isUsable || this.idle.has(owner)) {
      own.kill();
      return;
    }
    const timer = setTimeout(() => this.take(owner)?.kill(), IDLE_SECONDS * 1000);
    // An idle process keeps nobody waiting.
    timer.unref();
    this.idle.set(owner, { own, timer });
  }
}
