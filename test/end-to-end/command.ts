import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findEnvironment, type Keys } from 'small-cloud';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { PATIENCE } from './patience';
import { freePort } from './ports';

const ROOT = resolve(__dirname, '..', '..');

/** The local run as a person starts it: the command in a process of its own. */
export class LocalCommand {
  readonly folder = mkdtempSync(join(tmpdir(), 'local-command-'));
  /** Its output so far. */
  output = '';
  private child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly rtmpPort: number,
    private readonly apiPort: number,
    private readonly script: 'start.ts' | 'local.ts',
  ) {}

  private static async onFreePorts(script: 'start.ts' | 'local.ts', port?: number): Promise<LocalCommand> {
    return new LocalCommand(port ?? (await freePort()), await freePort(), await freePort(), script);
  }

  /** Starts it with a description, on free ports, and waits until the player's address is printed. */
  static async start(
    description: LiveStreamInput | undefined,
    args: readonly string[] = [],
    environment: NodeJS.ProcessEnv = {},
  ): Promise<LocalCommand> {
    const command = await LocalCommand.begin(description, args, environment);
    await command.until(/Player +http/);
    return command;
  }

  /** Starts it with a template that is made in its folder, and waits until the player's address is printed. */
  static async ofTemplate(make: (folder: string) => Promise<string>): Promise<LocalCommand> {
    const command = await LocalCommand.onFreePorts('start.ts');
    command.run(['--template', await make(command.folder)]);
    await command.until(/Player +http/);
    return command;
  }

  /** As {@link start}, but does not wait. */
  static async begin(
    description: LiveStreamInput | undefined,
    args: readonly string[] = [],
    environment: NodeJS.ProcessEnv = {},
  ): Promise<LocalCommand> {
    const command = await LocalCommand.onFreePorts('start.ts');
    const config = join(command.folder, 'channels.json');
    if (description !== undefined) writeFileSync(config, JSON.stringify(description));
    command.run([...(description === undefined ? [] : ['--config', config]), ...args], environment);
    return command;
  }

  /** Starts it as the README says, with `npm start`, and waits until the player's address is printed. */
  static async npmStart(description: LiveStreamInput, environment: NodeJS.ProcessEnv = {}): Promise<LocalCommand> {
    const command = await LocalCommand.onFreePorts('start.ts');
    const config = join(command.folder, 'channels.json');
    writeFileSync(config, JSON.stringify(description));
    command.run(['--config', config], environment, ['npm', 'start', '--']);
    await command.until(/Player +http/);
    return command;
  }

  /** Starts it without waiting for anything. */
  static async attempt(
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
    port?: number,
  ): Promise<LocalCommand> {
    const command = await LocalCommand.onFreePorts('start.ts', port);
    command.run(args, environment);
    return command;
  }

  /** Starts the small cloud without a stack, as `npm run local` does, and waits until its API is open. */
  static async cloud(): Promise<LocalCommand> {
    const command = await LocalCommand.onFreePorts('local.ts');
    command.run([]);
    await command.until(/AWS_ENDPOINT_URL=/);
    return command;
  }

  /** Address of the AWS APIs of the small cloud. */
  get apiUrl(): string {
    return `http://127.0.0.1:${this.apiPort}`;
  }

  /** The operator's keys of this run. */
  get keys(): Keys {
    const environment = findEnvironment(this.apiUrl);
    if (environment === undefined) throw new Error(`no run has written keys for ${this.apiUrl}`);
    return environment.keys;
  }

  get playerUrl(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** Content of its log file; empty while there is none. */
  get log(): string {
    try {
      return readFileSync(join(this.folder, 'run.log'), 'utf8');
    } catch {
      return '';
    }
  }

  /** Waits for something in the output. */
  async until(pattern: RegExp): Promise<void> {
    const end = Date.now() + PATIENCE;
    while (!pattern.test(this.output)) {
      if (Date.now() > end) throw new Error(`${pattern} did not appear in:\n${this.output}\n${this.log.slice(-4000)}`);
      if (this.child?.exitCode !== null) throw new Error(`The local run ended before ${pattern}:\n${this.output}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** Sends a signal and waits for the end. Resolves to the exit code, or the signal's name. */
  async end(signal: NodeJS.Signals = 'SIGINT'): Promise<number | string | null> {
    const child = this.child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
    return child?.signalCode ?? child?.exitCode ?? null;
  }

  /** Stops reading what it prints, as `| head` does. */
  closeOutput(): void {
    this.child?.stdout?.destroy();
    this.child?.stderr?.destroy();
  }

  /** Waits for it to end without a signal. */
  async ended(): Promise<number | null> {
    const child = this.child;
    if (child !== undefined && child.exitCode === null) await once(child, 'exit');
    return child?.exitCode ?? null;
  }

  private run(
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
    [program, ...before]: readonly [string, ...string[]] = [
      process.execPath,
      '--import',
      'tsx',
      join(ROOT, 'bin', this.script),
    ],
  ): void {
    const child = spawn(
      program,
      [
        ...before,
        ...['--port', String(this.port), '--rtmp-port', String(this.rtmpPort), '--api-port', String(this.apiPort)],
        ...['--log', join(this.folder, 'run.log')],
        ...args,
      ],
      { cwd: ROOT, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const hear = (text: Buffer) => {
      this.output += text.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    this.child = child;
  }
}
