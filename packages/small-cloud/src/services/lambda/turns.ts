/** A limit on how many callers run at a time. The others wait, first come, first served. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private inside = 0;

  /** @param limit - unlimited when left out. */
  constructor(private limit = Number.POSITIVE_INFINITY) {}

  /** Sets another limit. Callers that already run go on. */
  allow(limit = Number.POSITIVE_INFINITY): void {
    this.limit = limit;
    for (; this.inside < limit && this.waiting.length > 0; this.inside += 1) this.waiting.shift()?.();
  }

  /** Waits for a turn. Resolves with the function that ends it. */
  async take(): Promise<() => void> {
    if (this.inside >= this.limit) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.inside += 1;
    return () => {
      // Hands the turn to the next caller. The place becomes free when none waits, or when too many run.
      const next = this.inside > this.limit ? undefined : this.waiting.shift();
      if (next === undefined) this.inside -= 1;
      else next();
    };
  }
}
