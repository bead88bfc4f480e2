/** The last message of a viewer. */
interface Last {
  readonly said: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** Time for which a message counts as said before, in milliseconds. */
const REPEAT_MILLISECONDS = 60_000;
/** Most viewers that are remembered. */
const MOST = 5000;

/** The last message of each viewer. */
export class Memory {
  private readonly last = new Map<string, Last>();

  /** Returns the seconds that a viewer has to wait; 0 for one who need not. */
  wait(viewer: string, slowSeconds: number, now: number): number {
    const before = this.last.get(viewer);
    if (before === undefined) return 0;
    return Math.max(0, Math.ceil((before.time + slowSeconds * 1000 - now) / 1000));
  }

  /** Tells whether a viewer said the same a moment ago. */
  isRepeat(viewer: string, said: string, now: number): boolean {
    const before = this.last.get(viewer);
    return before !== undefined && before.said === said && now - before.time < REPEAT_MILLISECONDS;
  }

  keep(viewer: string, said: string, time: number): void {
    this.last.delete(viewer);
    this.last.set(viewer, { said, time });
    const [oldest] = this.last.keys();
    if (this.last.size > MOST && oldest !== undefined) this.last.delete(oldest);
  }
}
