import type { Snapshot } from './snapshot';

/** Read access to the running page, for tests and tools. Its interface is kept stable. */
export interface LivePlayerProbe {
  /** Returns the state of the player at this moment, as plain JSON. */
  state(): Snapshot;
}

declare global {
  interface Window {
    /** Present as soon as the page's code runs. The status is also the `data-status` attribute of `#player`. */
    livePlayer?: LivePlayerProbe;
  }
}
