import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Value } from '../../contract';
import type { Processes } from '../../host/processes';
import { confinement, temporaryFolder } from './confinement';
import { installedPackages } from './task-root';

/** An error of a function, as Lambda reports it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** The result of an invocation. */
export type InvocationResult = { readonly payload: Value } | { readonly functionError: FunctionError };

/** A clock that runs `speed` times as fast as this machine's, and showed `origin` when this machine's showed `since`. */
export interface HurriedClock {
  readonly origin: number;
  readonly since: number;
  readonly speed: number;
}

/** One invocation, as the sandbox receives it. */
export interface Invocation {
  readonly taskRoot: string;
  readonly event: Value;
  /** The plain members of the context object. */
  readonly context: Readonly<Record<string, string>> & { readonly awsRequestId: string };
  readonly environment: Readonly<Record<string, string>>;
  /** The cloud's clock, when it differs from this machine's. */
  readonly clock?: HurriedClock | undefined;
  /** Counts from the moment the bundle is loaded. */
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** Receives every line that the function prints. */
  /** Base URLs of the public names of the cloud, in place of DNS. */
  readonly names: Readonly<Record<string, string>>;
  readonly print: (line: string) => void;
  /** Ends the invocation at once. */
  readonly signal: AbortSignal;
}

/**
 * The longest that a function may take to load, before its own timeout begins. Lambda allows ten seconds. The local run
 * allows more, because a busy machine loads slowly and the stack would fail.
 */
const INIT_LIMIT_SECONDS = 60;

const RUNTIME = join(__dirname, 'lambda-runtime.cjs');

type RuntimeLine = { readonly ready: true } | { readonly payload: Value } | { readonly error: FunctionError };

/**
 * Runs one invocation in a process of its own and waits until the process has ended. Never rejects because of the function:
 * an error that it throws, its death and its timeout are all a `functionError`.
 */
export async function runInvocation(processes: Processes, invocation: Invocation): Promise<InvocationResult> {
  const { taskRoot, event, context, environment, clock, names, timeoutSeconds, memoryMegabytes, print, signal } =
    invocation;
  if (signal.aborted) return died(context.awsRequestId, 'the run was stopped');
  const temporary = temporaryFolder(taskRoot);
  mkdirSync(temporary, { recursive: true });
  const readable = [RUNTIME, join(dirname(taskRoot), 'node_modules'), installedPackages()].filter(existsSync);
  const confined = confinement({ taskRoot, temporary, readable });
  const child = processes.spawn(process.execPath, [`--max-old-space-size=${memoryMegabytes}`, ...confined, RUNTIME], {
    cwd: taskRoot,
    env: { ...environment, TMPDIR: temporary },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  let result: InvocationResult | undefined;
  const timeOut = (seconds: number) =>
    setTimeout(() => {
      result ??= timedOut(context.awsRequestId, seconds);
      kill();
    }, seconds * 1000);
  let deadline = timeOut(INIT_LIMIT_SECONDS);

  eachLine(child.stdout, print);
  eachLine(child.stderr, print);
  eachLine(child.stdio[3], (line) => {
    const said: RuntimeLine = JSON.parse(line);
    if ('ready' in said) {
      clearTimeout(deadline);
      deadline = timeOut(timeoutSeconds);
    } else result ??= 'error' in said ? { functionError: said.error } : { payload: said.payload };
  });
  // The sandbox may die before it has read its event. Its exit status reports that.
  child.stdin?.on('error', () => {});
  child.stdin?.end(JSON.stringify({ event, context, timeoutSeconds, clock, names }));

  const ending = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal === null ? `exit status ${code}` : `signal: ${signal}`));
  });
  clearTimeout(deadline);
  signal.removeEventListener('abort', kill);
  return result ?? died(context.awsRequestId, ending);
}

function timedOut(requestId: string, seconds: number): InvocationResult {
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`;
  return { functionError: { errorType: 'Sandbox.Timedout', errorMessage } };
}

function died(requestId: string, ending: string): InvocationResult {
  const errorMessage = `RequestId: ${requestId} Error: Runtime exited with error: ${ending}`;
  return { functionError: { errorType: 'Runtime.ExitError', errorMessage } };
}

function eachLine(stream: unknown, take: (line: string) => void): void {
  if (stream instanceof Readable) createInterface({ input: stream }).on('line', take);
}
