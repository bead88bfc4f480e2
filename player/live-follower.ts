import { catchUp } from './catch-up';
import { bufferAhead } from './snapshot';

/** Brings a viewer back to live after a stall, unless the viewer chose to be behind. */
export class LiveFollower {
  /** True while the viewer watches live, and wants to be back there after a stall. */
  following = true;

  constructor(private readonly video: Pick<HTMLVideoElement, 'currentTime' | 'playbackRate' | 'buffered'>) {}

  /**
   * Sets the playback rate that brings the viewer closer to live. Called several times a second.
   *
   * @param live - the position at which live is played; undefined while there is none to return to.
   * @returns true when the viewer is too far behind for that, and has to jump.
   */
  follow(live: number | undefined, segmentSeconds: number): boolean {
    const { video } = this;
    if (!this.following || live === undefined) {
      this.setRate(1);
      return false;
    }
    const decision = catchUp({
      behindSeconds: live - video.currentTime,
      bufferSeconds: bufferAhead(video.buffered, video.currentTime),
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
