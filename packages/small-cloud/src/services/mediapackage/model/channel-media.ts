import { Change } from './change';
import type { Fragment } from './media';
import { Segmenter } from './segmenter';
import { TrackStore } from './track-store';

/** How long media stays beyond the longest manifest window, so that slow viewers still find the listed segments. */
const SPARE_SECONDS = 60;

/** A fragment and the name of its track. */
export interface TrackFragment {
  readonly track: string;
  readonly fragment: Fragment;
}

/**
 * The media of one channel: the fragments of its tracks on one timeline, and segmenters over them. It keeps the
 * longest manifest window and one minute more. `StartoverWindowSeconds` is accepted and has no effect: hours of media
 * would fill the memory of the machine.
 */
export class ChannelMedia {
  /** Wakes the requests that wait for new media. */
  readonly change = new Change();
  readonly store = new TrackStore();
  private readonly segmenters = new Map<number, Segmenter>();
  /** Wall clock of time 0 of the timeline, in seconds since 1970; undefined before the first media. */
  epochSeconds: number | undefined;
  /** The longest manifest window of the channel's endpoints, in seconds. */
  windowSeconds = 60;
  /** Wall clock at which the newest media arrived, in seconds. */
  private newestArrivalSeconds = 0;

  /** @param clock - milliseconds since 1970, from a clock that never goes back. */
  constructor(private readonly clock: () => number) {}

  /**
   * Widens the window to the longest of these. A shorter window drops nothing, because another endpoint may list it.
   */
  widen(windows: readonly number[]): void {
    this.windowSeconds = Math.max(this.windowSeconds, ...windows);
  }

  /** Returns the channel cut into segments of about `targetSeconds`; undefined before the first media. */
  segmenter(targetSeconds: number): Segmenter | undefined {
    const known = this.segmenters.get(targetSeconds);
    if (known || this.epochSeconds === undefined) return known;
    const fresh = new Segmenter(targetSeconds, this.epochSeconds);
    for (const { track, fragment } of this.store.all()) fresh.append(track, fragment);
    this.segmenters.set(targetSeconds, fresh);
    return fresh;
  }

  /** Adds fragments that arrived at a time of the wall clock, and drops those that are too old. */
  add(fragments: readonly TrackFragment[], arrivalSeconds: number): void {
    for (const { track, fragment } of fragments) {
      this.store.add(track, fragment);
      for (const segmenter of this.segmenters.values()) segmenter.append(track, fragment);
    }
    this.newestArrivalSeconds = arrivalSeconds;
    this.evict(this.store.edgeSeconds - this.windowSeconds - SPARE_SECONDS);
    this.change.notify();
  }

  /** State of the media; undefined before the first. */
  get figures() {
    const { epochSeconds, store } = this;
    if (epochSeconds === undefined) return undefined;
    const nowSeconds = this.clock() / 1000;
    const fragments = store.all();
    return {
      /** How far the newest media is behind the clock. */
      behindSeconds: nowSeconds - epochSeconds - store.edgeSeconds,
      /** Time since the newest media arrived. */
      silentSeconds: nowSeconds - this.newestArrivalSeconds,
      heldSeconds: store.edgeSeconds - (fragments[0]?.fragment.startSeconds ?? store.edgeSeconds),
      parts: fragments.length,
      bytes: fragments.reduce((sum, { fragment }) => sum + fragment.data.length, 0),
    };
  }

  private evict(beforeSeconds: number): void {
    const segmenters = [...this.segmenters.values()];
    for (const segmenter of segmenters) segmenter.evict(beforeSeconds);
    // A segment may begin before that time and end after it. Its parts stay as long as it does.
    this.store.evict(Math.min(beforeSeconds, ...segmenters.map(({ cuts }) => cuts[0]?.startSeconds ?? beforeSeconds)));
  }
}
