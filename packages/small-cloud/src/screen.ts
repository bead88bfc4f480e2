import { appendFileSync } from 'node:fs';
import type { WriteStream } from 'node:tty';
import type { NodeStatus } from './contract';
import { reached } from './host/timeline';
import { printable } from './printable';
import type { RunListener } from './run';
import type { Addresses } from './small-cloud';
import { environmentLines, type RunEnvironment } from './wire/environment-file';

const MARKS: Readonly<Record<NodeStatus['state'], string>> = {
  starting: '…',
  running: '●',
  waiting: '○',
  degraded: '▲',
  failed: '✖',
  stopped: '■',
};

/**
 * The screen of the local run: progress while it comes up, then its addresses, one status line for each node, and
 * warnings. On a terminal it redraws the status lines in place; elsewhere it prints them when a state changes.
 */
export class Screen implements RunListener {
  private drawn = 0;
  private last = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly out: NodeJS.WriteStream | WriteStream,
    private logFile?: string,
  ) {}

  progress(line: string): void {
    this.log('run', line);
    this.print(`… ${line}`);
  }

  tell(node: string, line: string, level: 'info' | 'warning'): void {
    this.log(node, line);
    if (level === 'warning') this.print(`▲ ${node}: ${line}`);
  }

  /** Logs the end of a step of the start, with the time since the command began. */
  timeline(step: string): void {
    this.tell('timeline', reached(step), 'info');
  }

  fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.log('run', error instanceof Error ? (error.stack ?? message) : message);
    this.print(`✖ ${message}`);
  }

  /** Prints the addresses of a running stack, and keeps its status lines current. */
  show(run: { readonly environment: RunEnvironment; addresses(): Addresses; status(): readonly NodeStatus[] }): void {
    this.showAddresses(run.addresses());
    const { apiUrl } = run.environment;
    const lines = environmentLines(run.environment).map((line) => `    ${line}\n`);
    this.say(`  AWS API  ${apiUrl}, for programs with the keys of this run:\n${lines.join('')}\n  Ctrl-C ends it.\n`);
    this.watch(() => run.status());
  }

  /** Prints text as it is. */
  say(text: string): void {
    this.print(text);
  }

  /** Prints the addresses of a stack; nothing for one without a player or a manifest. */
  showAddresses({ playerUrl, dashboardUrl, manifests, publish }: Addresses): void {
    if (playerUrl === '' && manifests.length === 0) return;
    const width = Math.max(0, ...manifests.map(({ name }) => name.length));
    this.print(
      [
        '',
        `  Player     ${playerUrl}`,
        ...(dashboardUrl === '' ? [] : [`  Dashboard  ${dashboardUrl}`]),
        '',
        ...manifests.map(({ name, url }) => `  ${name.padEnd(width)}  ${url}`),
        ...publish.flatMap(({ input, url, example }) => ['', `  Publish to ${input} at ${url}`, `    ${example}`]),
        '',
      ].join('\n'),
    );
  }

  /** Keeps the status lines current, once a second. */
  watch(status: () => readonly NodeStatus[]): void {
    const refresh = () => this.draw(status());
    refresh();
    this.timer = setInterval(refresh, 1000);
    this.timer.unref();
  }

  close(): void {
    clearInterval(this.timer);
    this.erase();
  }

  private draw(status: readonly NodeStatus[]): void {
    const names = Math.max(0, ...status.map(({ node }) => node.length));
    const lines = status.map(
      ({ node, state, detail }) => `${MARKS[state]} ${node.padEnd(names)}  ${state.padEnd(8)}  ${printable(detail)}`,
    );
    if (!this.out.isTTY) {
      // Figures change all the time; states change seldom.
      const states = status.map(({ node, state }) => `${node} ${state}`).join();
      if (states !== this.last) this.out.write(`${lines.join('\n')}\n`);
      this.last = states;
      return;
    }
    this.erase();
    const columns = this.out.columns ?? 80;
    this.out.write(lines.map((line) => `${line.slice(0, columns - 1)}\n`).join(''));
    this.drawn = lines.length;
  }

  private print(text: string): void {
    this.erase();
    this.out.write(`${printable(text)}\n`);
  }

  private erase(): void {
    if (this.drawn > 0) this.out.write(`\u001b[${this.drawn}A\u001b[0J`);
    this.drawn = 0;
  }

  private log(node: string, line: string): void {
    if (this.logFile === undefined) return;
    try {
      appendFileSync(this.logFile, `${new Date().toISOString()} ${node}: ${printable(line)}\n`);
    } catch (error) {
      // A full disk under the log must not stop the stream.
      this.logFile = undefined;
      this.print(`▲ run: the log cannot be written (${(error as Error).message}); the run goes on without it`);
    }
  }
}
