import { TIMING } from './timing';

/** What an input watch tells. */
export interface InputWatchEvents {
  /** A pipeline has had no pictures for some seconds. */
  lost(pipeline: number): void;
  /** It has pictures. */
  back(pipeline: number): void;
}

/** Looks after the pictures that come to the pipelines of a running channel. */
export class InputWatch {
  private readonly timers = new Map<number, NodeJS.Timeout>();
  private isOver = false;

  /** Every pipeline counts as without pictures until {@link receiving} says otherwise. */
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
