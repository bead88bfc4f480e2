/** Lets so many in at a time; the others wait, first come, first served. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private inside = 0;

  /** @param limit - undefined is no limit. */
  constructor(private limit = Number.POSITIVE_INFINITY) {}

  /** Another limit from now on; whoever is inside stays. */
  allow(limit = Number.POSITIVE_INFINITY): void {
    this.limit = limit;
    for (; this.inside < limit && this.waiting.length > 0; this.inside += 1) this.waiting.shift()?.();
  }

  /** Waits for a turn; what it resolves with ends the turn. */
  async take(): Promise<() => void> {
    if (this.inside >= this.limit) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.inside += 1;
    return () => {
      // The turn is handed on; only when nobody waits, or too many are inside, does the place become free.
      const next = this.inside > this.limit ? undefined : this.waiting.shift();
      if (next === undefined) this.inside -= 1;
      else next();
    };
  }
}
