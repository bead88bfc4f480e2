import type { MarkedBreak } from './interstitials';

/**
 * Remembers what was decided about breaks: those that had begun before the viewer came, and those inside of another one,
 * stay without ads.
 */
export class BreakBook {
  private readonly filled = new Map<string, boolean>();
  /** End of the last break with ads, in milliseconds since 1970. */
  private lastEnd = 0;

  /** @param opened - time at which the viewer came, in milliseconds since 1970. */
  constructor(private readonly opened: number) {}

  /** Tells whether a break is filled. The answer never changes. */
  fills({ id, start, seconds }: MarkedBreak): boolean {
    const known = this.filled.get(id);
    if (known !== undefined) return known;
    const fills = start > this.opened && start >= this.lastEnd;
    this.filled.set(id, fills);
    if (fills) this.lastEnd = start + seconds * 1000;
    return fills;
  }
}
