import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Processes } from '../../host/processes';
import { confinement, temporaryFolder } from './confinement';
import type { FunctionError, Invocation, InvocationResult } from './invocation';
import { installedPackages } from './task-root';

/** The parts of an invocation that its process is started with. */
export type Program = Pick<Invocation, 'taskRoot' | 'environment' | 'memoryMegabytes' | 'print'>;

/**
 * The longest that a function may take to load, before its own timeout begins. Lambda allows ten seconds. The local run
 * allows more, because a busy machine loads slowly and the stack would fail.
 */
const INIT_LIMIT_SECONDS = 60;

const RUNTIME = join(__dirname, 'lambda-runtime.cjs');
/** The files of the runtime, which each function may read. */
const RUNTIME_FILES = [RUNTIME, join(__dirname, 'lambda-pipes.cjs')];

type RuntimeLine =
  | { readonly ready: true }
  | { readonly payload: InvocationPayload }
  | { readonly error: FunctionError; readonly ends?: true };
type InvocationPayload = Extract<InvocationResult, { readonly payload: unknown }>['payload'];

/** The invocation that a process works on. */
interface Task {
  readonly requestId: string;
  readonly timeoutSeconds: number;
  readonly finish: (result: InvocationResult) => void;
  readonly begins: (() => void) | undefined;
  deadline: NodeJS.Timeout;
  /** The outcome of the last invocation, until the process has ended. */
  result: InvocationResult | undefined;
}

/** A process that runs one invocation of a function after the other. */
export class FunctionProcess {
  private readonly child: ChildProcess;
  private isLoaded = false;
  private isLast = false;
  private task: Task | undefined;
  /** False once the process has ended, or is about to. */
  isUsable = true;

  constructor(processes: Processes, { taskRoot, environment, memoryMegabytes, print }: Program) {
    const temporary = temporaryFolder(taskRoot);
    mkdirSync(temporary, { recursive: true });
    const readable = [...RUNTIME_FILES, join(dirname(taskRoot), 'node_modules'), installedPackages()].filter(
      existsSync,
    );
    const confined = confinement({ taskRoot, temporary, readable });
    this.child = processes.spawn(process.execPath, [`--max-old-space-size=${memoryMegabytes}`, ...confined, RUNTIME], {
      cwd: taskRoot,
      env: { ...environment, TMPDIR: temporary },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    eachLine(this.child.stdout, print);
    eachLine(this.child.stderr, print);
    eachLine(this.child.stdio[3], (line) => this.hear(JSON.parse(line)));
    // The process may die before it has read its invocation. Its exit status reports that.
    this.child.stdin?.on('error', () => {});
    this.child.once('error', (error) => this.close(error.message));
    this.child.once('close', (code, signal) =>
      this.close(signal === null ? `exit status ${code}` : `signal: ${signal}`),
    );
  }

  /**
   * Runs one invocation. Never rejects because of the function: an error that it throws, its death and its timeout are all a
   * `functionError`.
   *
   * @param isLast - true to end the process with it, and to wait for its end.
   */
  run(
    { event, context, clock, names, timeoutSeconds, begins }: Invocation,
    isLast: boolean,
  ): Promise<InvocationResult> {
    this.isLast = isLast;
    const requestId = context.awsRequestId;
    return new Promise((finish) => {
      const deadline = this.timeOut(this.isLoaded ? timeoutSeconds : INIT_LIMIT_SECONDS);
      this.task = { requestId, timeoutSeconds, finish, begins, deadline, result: undefined };
      if (this.isLoaded) begins?.();
      this.child.stdin?.write(`${JSON.stringify({ event, context, timeoutSeconds, clock, names })}\n`);
      if (isLast) this.child.stdin?.end();
    });
  }

  /** Ends the process at once. */
  kill(): void {
    this.isUsable = false;
    this.child.kill('SIGKILL');
  }

  private hear(said: RuntimeLine): void {
    const { task } = this;
    if (task === undefined) return;
    if ('ready' in said) {
      this.isLoaded = true;
      clearTimeout(task.deadline);
      task.deadline = this.timeOut(task.timeoutSeconds);
      task.begins?.();
      return;
    }
    task.result ??= 'error' in said ? { functionError: said.error } : { payload: said.payload };
    if ('error' in said && said.ends === true) this.isUsable = false;
    if (!this.isLast && this.isUsable) this.settle(task.result);
  }

  private timeOut(seconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      const { task } = this;
      if (task === undefined) return;
      const errorMessage = `RequestId: ${task.requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`;
      task.result ??= { functionError: { errorType: 'Sandbox.Timedout', errorMessage } };
      this.kill();
    }, seconds * 1000);
  }

  private close(ending: string): void {
    this.isUsable = false;
    const { task } = this;
    if (task !== undefined) this.settle(task.result ?? died(task.requestId, ending));
  }

  private settle(result: InvocationResult): void {
    const { task } = this;
    this.task = undefined;
    clearTimeout(task?.deadline);
    task?.finish(result);
  }
}

/** The result of an invocation whose process ended without one. */
export function died(requestId: string, ending: string): InvocationResult {
  const errorMessage = `RequestId: ${requestId} Error: Runtime exited with error: ${ending}`;
  return { functionError: { errorType: 'Runtime.ExitError', errorMessage } };
}

function eachLine(stream: unknown, take: (line: string) => void): void {
  if (stream instanceof Readable) createInterface({ input: stream }).on('line', take);
}
