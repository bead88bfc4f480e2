/** Steps of up to this much beyond the time that has passed come from the publisher itself. */
const JUMP_SECONDS = 1.5;
/** Step that continues the stream after a jump. */
const STEP_SECONDS = 0.02;

/**
 * Removes jumps from the timestamps of a publisher, forward, backward and at the wrap of 32 bits, so that its timeline
 * runs with the clock. Audio and video are moved by the same amount.
 */
export class SteadyTime {
  /** Milliseconds to add to a timestamp: now, and before the last jump. */
  private offsets: readonly number[] = [];
  private latest = 0;
  private latestAt = 0;

  /**
   * Returns the milliseconds since the first tag, 0 or more.
   *
   * @param timestamp - of the publisher, in milliseconds.
   * @param now - a clock that never goes back, in seconds.
   */
  steady(timestamp: number, now: number): number {
    const passed = (now - this.latestAt) * 1000;
    const continues = (offset: number) => {
      const step = timestamp + offset - this.latest;
      return step > -JUMP_SECONDS * 1000 && step < passed + JUMP_SECONDS * 1000;
    };
    let offset = this.offsets.find(continues);
    if (offset === undefined) {
      const [before] = this.offsets;
      offset = before === undefined ? -timestamp : this.latest + Math.max(passed, STEP_SECONDS * 1000) - timestamp;
      // A tag of the other track from before the jump may come after it.
      this.offsets = before === undefined ? [offset] : [offset, before];
    }
    const time = Math.max(0, Math.round(timestamp + offset));
    if (time >= this.latest) {
      this.latest = time;
      this.latestAt = now;
    }
    return time;
  }
}
