import type { MediaMessage } from '../../../contract';
import type { Endpoint } from './endpoint';
import type { Segmenter } from './segmenter';

/** A part of the timeline that a viewer or a harvest asks for. All times are seconds of the channel's timeline. */
export interface TimeShift {
  /** Start of the manifest; undefined for a window that moves. */
  readonly startSeconds?: number | undefined;
  /** End of the manifest; undefined for one that grows with the live stream. */
  readonly endSeconds?: number | undefined;
  /** True when no more media is waited for: whatever is whole makes a complete manifest. @default false */
  readonly closed?: boolean;
  /** Time by which the media becomes available later. @default 0 */
  readonly delaySeconds?: number | undefined;
  /** Length of the window; undefined for the manifest's own. */
  readonly windowSeconds?: number | undefined;
  /** Query string of the media playlists, with its question mark. @default empty */
  readonly query?: string | undefined;
}

/** The segments that a manifest lists. */
export interface Listing {
  /** Number of the first segment. */
  readonly first: number;
  /** Number of the last segment; Infinity for the newest one. */
  readonly last: number;
  /**
   * `window` moves with the live stream; `open` only grows, without an end; `event` grows up to its end; `vod` is
   * complete and never changes.
   */
  readonly kind: 'window' | 'open' | 'event' | 'vod';
}

/** A message in the media, and its time on the channel's timeline in seconds. */
export interface PlacedMessage {
  readonly message: MediaMessage;
  /** Number of the message in its channel, from 1. */
  readonly id: number;
  readonly seconds: number;
}

/** The source of a manifest: its endpoint, and the channel cut into that endpoint's segments. */
export interface View {
  readonly endpoint: Endpoint;
  readonly segmenter: Segmenter;
  /** Wall clock of time 0 of the timeline, in seconds. */
  readonly epochSeconds: number;
  /** The part of the timeline that is asked for. @default the manifest's own window at the live edge */
  readonly shift?: TimeShift;
  /** Messages beside the picture. @default none */
  readonly messages?: readonly PlacedMessage[];
}
