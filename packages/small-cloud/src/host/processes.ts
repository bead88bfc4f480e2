import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { childEnvironment } from './child-environment';

const GUARDIAN = join(__dirname, 'guardian.mjs');

/**
 * The child processes of a run, none of which outlives it. An orderly stop ends them one by one. If this process dies
 * without one (a crash, `kill -9`), the guardian ends them and removes the temporary folder: it is a process of its own
 * that waits for its pipe to break.
 */
export class Processes {
  private readonly children = new Set<ChildProcess>();
  private readonly guardian: ChildProcess;

  /** @param folder - the run's temporary folder, removed by the guardian after a crash. */
  constructor(folder: string) {
    this.guardian = spawn(process.execPath, [GUARDIAN, folder], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    this.guardian.on('error', () => {});
    this.guardian.stdin?.on('error', () => {});
    // Neither the guardian nor the pipe to it keeps this process alive.
    this.guardian.unref();
    if (this.guardian.stdin instanceof Socket) this.guardian.stdin.unref();
  }

  /**
   * Starts a process that ends with the run, in an environment without proxies. A caller that needs the reason of a
   * failed start adds an `error` listener.
   */
  spawn(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    const child = spawn(command, [...args], { ...options, env: childEnvironment(options.env) });
    child.on('error', () => this.forget(child));
    if (child.pid !== undefined) {
      this.children.add(child);
      this.guardian.stdin?.write(`+${child.pid}\n`);
      child.once('exit', () => this.forget(child));
    }
    return child;
  }

  /** Ends one process: SIGTERM, then SIGKILL after `graceMilliseconds`. Resolves once it is gone. */
  async end(child: ChildProcess, graceMilliseconds = 1500): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
    await gone;
    clearTimeout(timer);
  }

  /** Ends all processes, the guardian last. */
  async stop(): Promise<void> {
    await Promise.all([...this.children].map((child) => this.end(child)));
    this.guardian.stdin?.end('bye\n');
  }

  private forget(child: ChildProcess): void {
    if (this.children.delete(child)) this.guardian.stdin?.write(`-${child.pid}\n`);
  }
}
