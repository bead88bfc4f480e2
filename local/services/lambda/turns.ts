/** Lets so many in at a time; the others wait, first come, first served. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private inside = 0;

  /** @param limit - undefined is no limit. */
  constructor(private readonly limit = Number.POSITIVE_INFINITY) {}

  /** Waits for a turn; what it resolves with ends the turn. */
  async take(): Promise<() => void> {
    if (this.inside >= this.limit) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.inside += 1;
    return () => {
      // The turn is handed on; only when nobody waits does the place become free.
      const next = this.waiting.shift();
      if (next === undefined) this.inside -= 1;
      else next();
    };
  }
}
