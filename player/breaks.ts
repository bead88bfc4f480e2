import type { MediaPlayerClass } from 'dashjs';
import type Hls from 'hls.js';
import type { HlsConfig } from 'hls.js';

/** Ads in the breaks of one channel, as its engine sees them. The code that makes them is loaded only where there are ads. */
export interface Breaks {
  /** True while an ad is on the screen in place of the show. */
  readonly playing: boolean;
  /** Returns settings of hls.js whose playlists have an interstitial in every break. @param loader - the loader to extend. */
  readonly hls: (settings: Partial<HlsConfig>, loader: HlsConfig['loader']) => Partial<HlsConfig>;
  /** Shows and counts the interstitials that an hls.js plays. @param moved - called while an ad plays. */
  readonly followHls: (hls: Hls, moved: () => void) => void;
  /** Shows ads over the picture at the break events of a dash.js. */
  readonly followDash: (player: MediaPlayerClass) => void;
}
