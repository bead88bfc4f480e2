import type { Snapshot } from './snapshot';

/** What tests and tools may read of the running page. It changes nothing, and it stays as it is. */
export interface LivePlayerProbe {
  /** The player at this moment, as plain JSON. */
  state(): Snapshot;
}

declare global {
  interface Window {
    /** Present as soon as the page's code runs. The status is also the `data-status` attribute of `#player`. */
    livePlayer?: LivePlayerProbe;
  }
}
