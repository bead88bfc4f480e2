import type { Choice } from './choice';

/** The way into the past. Each function returns true when it has taken care of the viewer's wish. */
export interface Detour {
  /** Takes over a choice that names a recording or a moment, and hears about every other one. */
  opens(choice: Choice): boolean;
  /** Returns from the past to live. */
  leaves(): boolean;
  /** Goes to a position of the video's timeline. */
  seeks(position: number): boolean;
  /** Plays on after a pause, at the place that was left. */
  resumes(): boolean;
}
