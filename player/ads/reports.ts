/** Reports of one ad. */
export interface AdReports {
  /** Notes how much of the ad has been shown, as a share of 1. */
  progress(share: number): void;
  /** Notes an event: `complete`, `skip`, `error` or `leave`. */
  tell(event: string): void;
}

/** An ad of an asset list, which hls.js plays or fails to play. */
export interface ListedAd {
  readonly uri: string;
  /** Identifier of its interstitial in the playlist. */
  readonly interstitial: string;
  /** Position in the list, from 0. */
  readonly index: number;
  /** The list as it came. */
  readonly list: unknown;
}
