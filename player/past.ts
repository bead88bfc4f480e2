import type { HlsConfig } from 'hls.js';
import type { SupervisorEvent } from './supervisor';
import type { Words } from './words';

/** A place to start at: a moment in milliseconds since 1970, or seconds from the beginning of a recording. */
export type Place = { readonly date: number } | { readonly seconds: number };

/** A stretch of the past that plays in place of live. The code that makes one is loaded only where a channel offers it. */
export interface Past {
  /** True for a recording, which has an end; false for a show that goes on. */
  readonly recorded: boolean;
  /** Returns the place at which an engine starts: the last one that was on the screen. */
  readonly place: () => Place;
  /** Returns settings of hls.js with which it starts at the place. @param loader - the loader to extend. */
  readonly hls: (settings: Partial<HlsConfig>, loader: HlsConfig['loader']) => Partial<HlsConfig>;
  /** Returns true for a report that ends the stretch; the supervisor must not see it, because it would retry. */
  readonly takes: (event: SupervisorEvent) => boolean;
  /** Words after the end of a recording. */
  readonly ended: Words;
}
