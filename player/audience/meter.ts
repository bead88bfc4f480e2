import type { Snapshot } from '../snapshot';
import { errorCode, type PlayState, stateOf } from './state';

/** A look at the player. */
export interface Sight {
  /** Milliseconds on a clock that only goes forward. */
  readonly now: number;
  readonly snapshot: Pick<
    Snapshot,
    'status' | 'paused' | 'cause' | 'currentTime' | 'droppedFrames' | 'totalFrames' | 'rebuilds'
  >;
  /** True while the element goes to another position. */
  readonly seeking: boolean;
}

/** Sums since the last report. */
export interface Sums {
  playedMs: number;
  stallMs: number;
  stalls: number;
  droppedFrames: number;
  frames: number;
  rebuilds: number;
}

/** Something that has just happened, and is to be reported. */
export type Happening =
  | { readonly e: 'ps'; readonly sta: PlayState; readonly msd?: number }
  | { readonly e: 'e'; readonly sta: PlayState; readonly ec: string };

/** Time after a seek within which the player may stand still without a stall, in milliseconds. */
const SEEK_MILLISECONDS = 1500;
/** Longest step between two looks that is counted, in milliseconds. A device that slept has neither played nor stalled. */
const LONGEST_STEP_MILLISECONDS = 5000;

const nothing = (): Sums => ({ playedMs: 0, stallMs: 0, stalls: 0, droppedFrames: 0, frames: 0, rebuilds: 0 });

/** Measures one session: what was played, how often and for how long it stood still, and when it began. */
export class Meter {
  /** The state that was seen last. */
  state: PlayState = 's';
  private started = false;
  private before: Sight | undefined;
  private sums = nothing();
  /** Time without motion that the player does not call buffering yet, in milliseconds. */
  private still = 0;
  private soughtAt = Number.NEGATIVE_INFINITY;
  private error: string | undefined;
  /** True from a stall until a media request has told of it. */
  private starved = false;

  /** @param openedAt - time at which the player was told to play, on the clock of the looks. */
  constructor(private openedAt: number) {}

  /** Takes a look, and returns what happened since the last one. Looks come several times a second. */
  look(sight: Sight): readonly Happening[] {
    const { snapshot, now, seeking } = sight;
    const before = this.before;
    this.before = sight;
    if (seeking) this.soughtAt = now;
    const found: Happening[] = [];
    const state = stateOf(snapshot, this.started);
    // A viewer who pauses before the first frame is told to play again later.
    if (state === 'a' && !this.started) this.openedAt = now;
    if (before !== undefined) this.count(before, sight, state);
    if (state !== this.state) {
      const first = state === 'p' && !this.started;
      found.push(first ? { e: 'ps', sta: state, msd: Math.round(now - this.openedAt) } : { e: 'ps', sta: state });
      this.state = state;
    }
    if (state === 'p') {
      this.started = true;
      this.error = undefined;
    }
    const code = snapshot.cause === null || state === 'p' ? undefined : errorCode(snapshot.cause);
    if (code !== undefined && code !== this.error) {
      this.error = code;
      found.push({ e: 'e', sta: state, ec: code });
    }
    return found;
  }

  /** Returns the sums, and begins new ones. */
  take(): Sums {
    const { sums } = this;
    this.sums = nothing();
    return sums;
  }

  /** Tells once after each stall that there was one. */
  takeStarved(): boolean {
    const { starved } = this;
    this.starved = false;
    return starved;
  }

  private count(before: Sight, { now, snapshot }: Sight, state: PlayState): void {
    const { sums } = this;
    const step = Math.min(now - before.now, LONGEST_STEP_MILLISECONDS);
    const moved = snapshot.currentTime !== before.snapshot.currentTime;
    if (state === 'p' && moved) {
      sums.playedMs += step + this.still;
      this.still = 0;
    } else if (state === 'p') {
      this.still += step;
    } else if (state === 'r' && this.started) {
      const begins = this.state !== 'r';
      const sought = now - this.soughtAt < SEEK_MILLISECONDS;
      if (begins && !sought) {
        sums.stalls += 1;
        this.starved = true;
      }
      if (!sought) sums.stallMs += step + this.still;
      this.still = 0;
    } else {
      this.still = 0;
    }
    sums.droppedFrames += grown(before.snapshot.droppedFrames, snapshot.droppedFrames);
    sums.frames += grown(before.snapshot.totalFrames, snapshot.totalFrames);
    sums.rebuilds += grown(before.snapshot.rebuilds, snapshot.rebuilds);
  }
}

/** Growth of a counter that begins anew with another engine. */
const grown = (before: number, now: number): number => (now < before ? now : now - before);
