import type { Snapshot } from '../snapshot';

/** Everything that the bar shows. Its values are milliseconds: dates of a show, or the time since the start of a recording. */
export interface BarView {
  readonly start: number;
  readonly end: number;
  readonly at: number;
  /** Distance to live, or position and length. */
  readonly label: string;
  /** Wall clock of the frame; empty when it is not known. */
  readonly clock: string;
  /** The position for assistive technology. */
  readonly words: string;
  /** True at the live edge. */
  readonly lit: boolean;
}

/** A way along which the bar leads: a show that goes on, or a recording. */
export interface Course {
  /** Brings itself up to date with the player. @returns undefined while no position is known. */
  view(now: Snapshot): BarView | undefined;
  /** Goes to a value of the bar. */
  go(at: number): void;
  /** Goes by some seconds, negative for back. Several of them add up. */
  by(seconds: number): void;
  /** Text that the bar shows above a value. */
  textAt(at: number): string;
  /** Address of the page that leads to the frame on the screen; undefined while that is not known. */
  address(): string | undefined;
  /** Plays on after a pause. @returns false when the engine is to do so. */
  resume(): boolean;
}
