/** A limit on how often something may happen within one second. */
export class Rate {
  private times: number[] = [];

  /** @param most - times in a second. */
  constructor(private readonly most: () => number) {}

  /** Counts one more. @returns false when there were too many in the last second. */
  take(now: number): boolean {
    this.times = this.times.filter((time) => time > now - 1000);
    if (this.times.length >= this.most()) return false;
    this.times.push(now);
    return true;
  }
}
