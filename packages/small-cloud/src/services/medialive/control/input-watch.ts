import { TIMING } from './timing';

/** Reports of an input watch. */
export interface InputWatchEvents {
  /** A pipeline has received no media for some seconds. */
  lost(pipeline: number): void;
  /** A pipeline receives media. */
  back(pipeline: number): void;
}

/** Watches whether the pipelines of a running channel receive media. */
export class InputWatch {
  private readonly timers = new Map<number, NodeJS.Timeout>();
  private isOver = false;

  /** Counts every pipeline as without media until {@link receiving} says otherwise. */
  constructor(
    private readonly pipelines: readonly number[],
    private readonly events: InputWatchEvents,
  ) {
    for (const pipeline of pipelines) this.waitFor(pipeline);
  }

  receiving(pipeline: number, isReceiving: boolean): void {
    if (this.isOver || !this.pipelines.includes(pipeline)) return;
    clearTimeout(this.timers.get(pipeline));
    if (isReceiving) this.events.back(pipeline);
    else this.waitFor(pipeline);
  }

  end(): void {
    this.isOver = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private waitFor(pipeline: number): void {
    const timer = setTimeout(() => this.events.lost(pipeline), TIMING.inputLoss.milliseconds);
    timer.unref();
    this.timers.set(pipeline, timer);
  }
}
