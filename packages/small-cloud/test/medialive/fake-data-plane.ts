import type { NodeStatus } from '../../src/contract';
import type { DataPlane, Run, RunEvents, RunPlan } from '../../src/services/medialive/contract/data-plane';
import type { Ports } from '../../src/services/medialive/contract/push-endpoint';

/** A run without processes. */
export class FakeRun implements Run {
  state: 'prepared' | 'running' | 'stopped' = 'prepared';
  /** The pipelines of each restart. */
  readonly restarts: (readonly number[])[] = [];
  readonly switches: string[] = [];
  /** How long {@link stop} takes, in milliseconds. */
  stopMs = 0;

  constructor(
    readonly plan: RunPlan,
    readonly events: RunEvents,
  ) {}

  start(): void {
    if (this.state !== 'prepared') throw new Error(`a run that is ${this.state} was started`);
    this.state = 'running';
  }

  async restart(pipelines: readonly number[]): Promise<void> {
    this.restarts.push(pipelines);
  }

  onAir(): string | undefined {
    return this.switches.at(-1);
  }

  switchTo(attachmentName: string): void {
    this.switches.push(attachmentName);
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.stopMs));
    this.state = 'stopped';
  }

  status(): readonly NodeStatus[] {
    return [{ node: `encoder ${this.plan.channel}`, state: 'running', detail: this.state }];
  }
}

/** A data plane that remembers its runs. */
export class FakeDataPlane implements DataPlane {
  readonly runs: FakeRun[] = [];
  readonly taken = new Set<number>();

  readonly ports = { tcp: this.portsFrom(1935), udp: this.portsFrom(5000) };

  run(plan: RunPlan, events: RunEvents): FakeRun {
    const run = new FakeRun(plan, events);
    this.runs.push(run);
    return run;
  }

  private portsFrom(first: number): Ports {
    return {
      take: async () => {
        const port = [0, 1, 2, 3].map((offset) => first + offset).find((free) => !this.taken.has(free));
        if (port === undefined) throw new Error('no port is free');
        this.taken.add(port);
        return port;
      },
      release: (port) => {
        if (!this.taken.delete(port)) throw new Error(`port ${port} was released, and nobody had it`);
      },
    };
  }

  /** The last run. @throws Error before there is one. */
  get last(): FakeRun {
    const run = this.runs.at(-1);
    if (run === undefined) throw new Error('nothing has run yet');
    return run;
  }
}
