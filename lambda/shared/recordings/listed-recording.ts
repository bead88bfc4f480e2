import type { RunState } from './run';

/** A recording as an operator sees it. */
export interface ListedRecording {
  readonly id: string;
  readonly channel: string;
  readonly kind: 'show' | 'clip';
  readonly title: string;
  readonly start: string;
  /** Its length; undefined until viewers can play it. */
  readonly seconds?: number;
  readonly state: RunState;
  /** End of the player's address that opens it. */
  readonly address: string;
  /** Path of its MP4 file. */
  readonly mp4?: string | undefined;
  /** Reason of a failure. */
  readonly reason?: string | undefined;
}
