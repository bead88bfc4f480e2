/** Time after a stall for which its viewer is held back, in milliseconds. */
const CAUTION_MILLISECONDS = 45_000;

/**
 * Holds viewers further back after stalls: a second for each, up to a segment, so that an uneven connection does not
 * stall again and again. Without another stall for a while, they return to the distance that the playlist asks for.
 *
 * @see https://github.com/video-dev/hls.js/blob/master/docs/API.md#livesynconstallincrease
 */
export class StallCaution {
  private ending: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly config: { liveSyncOnStallIncrease: number }) {}

  /** Takes note of a stall. */
  stalled(): void {
    this.config.liveSyncOnStallIncrease = 1;
    clearTimeout(this.ending);
    this.ending = setTimeout(() => this.end(), CAUTION_MILLISECONDS);
  }

  /** Ends the caution. */
  end(): void {
    clearTimeout(this.ending);
    this.config.liveSyncOnStallIncrease = 0;
  }
}
