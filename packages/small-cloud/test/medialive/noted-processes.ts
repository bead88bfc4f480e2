import type { ChildProcess } from 'node:child_process';
import { Processes } from '../../src/host/processes';

/** Processes that can be asked which of them run. */
export class NotedProcesses extends Processes {
  private readonly started: ChildProcess[] = [];

  override spawn(...asked: Parameters<Processes['spawn']>): ChildProcess {
    const child = super.spawn(...asked);
    this.started.push(child);
    return child;
  }

  /** Lists the processes that have not ended. */
  running(): readonly ChildProcess[] {
    return this.started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  }
}
