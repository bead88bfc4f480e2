import { catchUp } from './catch-up';

/** Brings a viewer back to live after a stall. */
export class LiveFollower {
  /** @param bufferSeconds - returns the media that is loaded ahead of the video, in seconds. */
  constructor(
    private readonly video: Pick<HTMLVideoElement, 'currentTime' | 'playbackRate'>,
    private readonly bufferSeconds: () => number,
  ) {}

  /**
   * Sets the playback rate that brings the viewer closer to live. Called several times a second.
   *
   * @param live - the position at which live is played; undefined for a viewer who does not
   * want to be there, or cannot be.
   * @returns true when the viewer is too far behind for that, and has to jump.
   */
  follow(live: number | undefined, segmentSeconds: number): boolean {
    const { video } = this;
    if (live === undefined) {
      this.setRate(1);
      return false;
    }
    const decision = catchUp({
      behindSeconds: live - video.currentTime,
      bufferSeconds: this.bufferSeconds(),
      rate: video.playbackRate,
      segmentSeconds,
    });
    if (decision.kind === 'rate') this.setRate(decision.rate);
    return decision.kind === 'jump';
  }

  /** Leaves the element alone when the rate stays: every assignment fires an event. */
  private setRate(rate: number): void {
    if (this.video.playbackRate !== rate) this.video.playbackRate = rate;
  }
}
