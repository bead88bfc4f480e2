import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { childEnvironment } from './child-environment';

/**
 * Every child process of the run starts here, so that nothing outlives it: an orderly stop ends them one by one, and
 * when this process dies without one (a crash, `kill -9`), the guardian, a process of its own that only waits for the
 * pipe to break, ends them and removes the temporary folder.
 */
export class Processes {
  private readonly children = new Set<ChildProcess>();
  private readonly guardian: ChildProcess;

  /** @param folder - the run's temporary folder, removed by the guardian after a crash. */
  constructor(folder: string) {
    this.guardian = spawn(process.execPath, ['-e', GUARDIAN, folder], {
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
   * Starts a process that ends with the run, in an environment without proxies. An `error` listener is the caller's to
   * add when it wants the reason.
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

/** Runs as `node -e`: learns of children on standard input; when that closes without a `bye`, it cleans up. */
const GUARDIAN = `
const { rmSync } = require('node:fs');
const pids = new Set();
let orderly = false, rest = '';
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.stdin.setEncoding('utf8').on('data', (text) => {
  const lines = (rest + text).split('\\n');
  rest = lines.pop();
  for (const line of lines) {
    if (line[0] === '+') pids.add(Number(line.slice(1)));
    else if (line[0] === '-') pids.delete(Number(line.slice(1)));
    else if (line === 'bye') orderly = true;
  }
}).on('end', () => {
  if (!orderly) {
    for (const pid of pids) try { process.kill(pid, 'SIGKILL'); } catch {}
    rmSync(process.argv[1], { recursive: true, force: true });
  }
});
`;
